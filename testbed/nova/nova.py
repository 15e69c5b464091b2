# A DOUBLE of OpenStack's Compute API (Nova 2.1), as Nova needs a dozen services that no test machine has. It was written after the API
# reference; NO NOVA WAS RUN, and none of its code is in here. Tokens are those of a real Keystone, which is asked about each, and in whose
# catalogue this is registered.
#
# Faithful in: GET /images /flavors /limits /servers /servers/detail /servers/ID (filter by name, pages), POST /servers (unknown or badly
# formed members are 400), DELETE /servers/ID, os-stop and os-getConsoleOutput, the bodies of faults, quotas.
# An instance is a process: cloud-init's modules users, write_files, runcmd and power_state, as far as pilots need them, are carried out in
# mount and PID namespaces with a /var/lib, a /tmp and an account of its own (root needed). os-stop sends SIGTERM to all that runs there, and
# ends it after 20 s. Its own: instances of the flavor m1.unschedulable end in ERROR; the metadata double_created sets the time of creation.
# Usage: nova.py DIR PORT KEYSTONE PASSWORD. Environment: NOVA_CORES (16), NOVA_INSTANCES (8), NOVA_PAGE (2, the most that a list shows).
import base64, json, os, re, signal, shutil, subprocess, sys, threading, time, urllib.error, urllib.parse, urllib.request, uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DIR, PORT, KEYSTONE, PASSWORD = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
PAGE = int(os.environ.get("NOVA_PAGE", 2))
QUOTA = {"cores": int(os.environ.get("NOVA_CORES", 16)), "instances": int(os.environ.get("NOVA_INSTANCES", 8)), "ram": 65536}
ACCOUNT = 61000
IMAGES = [{"id": "6f2b1a2e-0000-4000-8000-000000000001", "name": "debian-12"},
          {"id": "6f2b1a2e-0000-4000-8000-000000000002", "name": "other"}]
FLAVORS = [{"id": "1", "name": "m1.small", "vcpus": 1, "ram": 2048}, {"id": "2", "name": "m1.huge", "vcpus": 64, "ram": 2048},
           {"id": "3", "name": "m1.unschedulable", "vcpus": 1, "ram": 2048}]
NETWORKS = ["7a000000-0000-4000-8000-000000000001"]
servers, lock = {}, threading.RLock()


class Fault(Exception):
    def __init__(self, code, name, message):
        super().__init__(message)
        self.code, self.body = code, {name: {"code": code, "message": message}}


def bad(message):
    return Fault(400, "badRequest", message)


def keystone(method, path, body=None, **headers):
    request = urllib.request.Request(KEYSTONE + path, None if body is None else json.dumps(body).encode(), method=method,
                                     headers={"Content-Type": "application/json", **headers})
    with urllib.request.urlopen(request, timeout=20) as answer:
        text = answer.read()
        return answer.headers, json.loads(text) if text else {}


def project(token):
    try:
        _, body = keystone("GET", "/auth/tokens", None, **{"X-Auth-Token": token, "X-Subject-Token": token})
        return body["token"]["project"]["id"]
    except (urllib.error.HTTPError, KeyError):
        raise Fault(401, "error", "The request you have made requires authentication.")


def register():
    headers, _ = keystone("POST", "/auth/tokens", {"auth": {
        "identity": {"methods": ["password"], "password": {"user": {"name": "admin", "domain": {"id": "default"}, "password": PASSWORD}}},
        "scope": {"project": {"name": "admin", "domain": {"id": "default"}}}}})
    admin = {"X-Auth-Token": headers["X-Subject-Token"]}
    if not keystone("GET", "/services?type=compute", None, **admin)[1]["services"]:
        _, made = keystone("POST", "/services", {"service": {"type": "compute", "name": "nova"}}, **admin)
        keystone("POST", "/endpoints", {"endpoint": {"service_id": made["service"]["id"], "interface": "public", "region_id": "RegionOne",
                                                     "url": f"http://127.0.0.1:{PORT}/v2.1"}}, **admin)


# --- an instance ---
def offspring(pid):
    children = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                parent = int(open(f"/proc/{name}/stat").read().rsplit(")", 1)[1].split()[1])
                children.setdefault(parent, []).append(int(name))
            except (OSError, IndexError):
                pass
    found, left = [], [pid]
    while left:
        below = children.get(left.pop(), [])
        found += below
        left += below
    return found


def prepare(server, home):
    """cloud-init's init stage; returns what runcmd is to run"""
    data = base64.b64decode(server["user_data"]).decode()
    if not data.startswith("#cloud-config\n"):
        raise ValueError("no cloud-config")
    config = json.loads(data.split("\n", 1)[1])  # YAML includes JSON; this double reads no more of it
    unknown = set(config) - {"users", "write_files", "runcmd", "power_state", "packages"}
    if unknown:
        raise ValueError(f"modules that this double does not know: {unknown}")
    for name in ("lib", "tmp"):
        os.makedirs(f"{home}/{name}")
    os.chmod(f"{home}/tmp", 0o1777)
    for name in ("passwd", "group"):
        shutil.copy(f"/etc/{name}", f"{home}/{name}")
    for user in config.get("users", []):
        if user != "default":
            open(f"{home}/passwd", "a").write(f"{user['name']}:x:{ACCOUNT}:{ACCOUNT}::{user['homedir']}:{user['shell']}\n")
            open(f"{home}/group", "a").write(f"{user['name']}:x:{ACCOUNT}:\n")
    for file in config.get("write_files", []):
        if not file["path"].startswith("/var/lib/") or file["encoding"] != "b64":
            raise ValueError(f"this double writes below /var/lib in base64, not {file['path']}")
        path = f"{home}/lib/{file['path'][len('/var/lib/'):]}"
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as target:
            target.write(base64.b64decode(file["content"]))
        os.chmod(path, int(file["permissions"], 8))
    return config


MACHINE = """mount --bind "$1/passwd" /etc/passwd && mount --bind "$1/group" /etc/group && mount --bind "$1/lib" /var/lib \
&& mount --bind "$1/tmp" /tmp && cd / && shift || exit 1
exec "$@"
"""


def boot(server):
    home = f"{DIR}/instances/{server['id']}"
    os.makedirs(home)
    try:
        time.sleep(1)
        if server["flavor"]["name"] == "m1.unschedulable":
            server.update(status="ERROR", fault={"code": 500, "created": server["created"],
                                                 "message": "No valid host was found. There are not enough hosts available."})
            return
        config = prepare(server, home)
        if server["id"] not in servers:
            return
        with open(f"{home}/console.log", "wb") as console:
            for words in config.get("runcmd", []):
                words = words if isinstance(words, list) else ["sh", "-c", words]
                process = subprocess.Popen(
                    ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c", MACHINE, "machine", home, *words],
                    stdin=subprocess.DEVNULL, stdout=console, stderr=console, start_new_session=True)
                server.update(status="ACTIVE", process=process)
                process.wait()
        if server["task_state"] == "powering-off" or config.get("power_state", {}).get("mode") == "poweroff":
            server.update(status="SHUTOFF", task_state=None)
    except Exception as failure:  # what cloud-init would complain of on the console
        with open(f"{home}/console.log", "a") as console:
            console.write(f"cloud-init: {failure!r}\n")
        server.update(status="ACTIVE")
    finally:
        for name in ("lib", "tmp"):
            shutil.rmtree(f"{home}/{name}", ignore_errors=True)


def stop(server):
    for pid in offspring(server["process"].pid)[1:]:  # not the first of the PID namespace's processes alone
        try:
            os.kill(pid, signal.SIGTERM)
        except ProcessLookupError:
            pass
    try:
        server["process"].wait(20)
    except subprocess.TimeoutExpired:
        server["process"].kill()


def delete(server):
    servers.pop(server["id"], None)
    if server["process"]:
        server["process"].kill()
        server["process"].wait()
    shutil.rmtree(f"{DIR}/instances/{server['id']}", ignore_errors=True)


# --- the API ---
def show(server):
    shown = {key: server[key] for key in ("id", "name", "status", "metadata", "created", "tenant_id", "key_name")}
    shown.update({"OS-EXT-STS:task_state": server["task_state"], "image": {"id": server["image"]}, "flavor": {"id": server["flavor"]["id"]}})
    if server["status"] == "ERROR":
        shown["fault"] = server["fault"]
    return shown


def used(tenant):
    mine = [server for server in servers.values() if server["tenant_id"] == tenant]
    return {"instances": len(mine), "cores": sum(server["flavor"]["vcpus"] for server in mine),
            "ram": sum(server["flavor"]["ram"] for server in mine)}


def limits(tenant):
    now = used(tenant)
    return {"limits": {"rate": [], "absolute": {
        "maxTotalInstances": QUOTA["instances"], "totalInstancesUsed": now["instances"], "maxTotalCores": QUOTA["cores"],
        "totalCoresUsed": now["cores"], "maxTotalRAMSize": QUOTA["ram"], "totalRAMUsed": now["ram"]}}}


def create(tenant, body):
    wanted = body.get("server")
    if set(body) != {"server"} or not isinstance(wanted, dict):
        raise bad("Invalid input for field/attribute server.")
    unknown = set(wanted) - {"name", "imageRef", "flavorRef", "metadata", "networks", "key_name", "user_data"}
    if unknown:
        raise bad(f"Invalid input for field/attribute server. Additional properties are not allowed ({', '.join(unknown)} unexpected)")
    for name in ("name", "imageRef", "flavorRef"):
        if not isinstance(wanted.get(name), str) or not 0 < len(wanted[name]) <= 255:
            raise bad(f"Invalid input for field/attribute {name}.")
    metadata = wanted.get("metadata", {})
    if any(not isinstance(value, str) or len(value) > 255 or not re.fullmatch("[a-zA-Z0-9-_:. ]{1,255}", key) for key, value in metadata.items()):
        raise bad("Invalid input for field/attribute metadata.")
    flavor = next((flavor for flavor in FLAVORS if flavor["id"] == wanted["flavorRef"]), None)
    if not flavor:
        raise bad(f"Flavor {wanted['flavorRef']} could not be found.")
    if wanted["imageRef"] not in [image["id"] for image in IMAGES]:
        raise bad("Can not find requested image")
    for network in wanted.get("networks", []):
        if network.get("uuid") not in NETWORKS:
            raise bad(f"Network {network.get('uuid')} could not be found.")
    data = wanted.get("user_data", "")
    if len(data) > 65535 or not re.fullmatch("[A-Za-z0-9+/]*={0,2}", data):
        raise bad("Invalid input for field/attribute user_data.")
    with lock:
        now = used(tenant)
        for what, more in (("instances", 1), ("cores", flavor["vcpus"]), ("ram", flavor["ram"])):
            if now[what] + more > QUOTA[what]:
                raise Fault(403, "forbidden",
                            f"Quota exceeded for {what}: Requested {more}, but already used {now[what]} of {QUOTA[what]} {what}")
        server = {"id": str(uuid.uuid4()), "name": wanted["name"], "status": "BUILD", "metadata": metadata, "task_state": None,
                  "created": metadata.get("double_created", time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())), "tenant_id": tenant,
                  "image": wanted["imageRef"], "flavor": flavor, "key_name": wanted.get("key_name"), "user_data": data, "process": None}
        servers[server["id"]] = server
    threading.Thread(target=boot, args=(server,), daemon=True).start()
    return 202, {"server": {"id": server["id"], "adminPass": "double"}}


def listed(tenant, query, detail):
    try:
        name = re.compile(query.get("name", [""])[0])
    except re.error as wrong:
        raise bad(str(wrong))
    mine = [server for server in list(servers.values()) if server["tenant_id"] == tenant and name.search(server["name"])][::-1]
    if "marker" in query:
        ids = [server["id"] for server in mine]
        if query["marker"][0] not in ids:
            raise bad(f"marker [{query['marker'][0]}] not found")
        mine = mine[ids.index(query["marker"][0]) + 1:]
    most = min(PAGE, int(query.get("limit", [PAGE])[0]))
    page = mine[:most]
    answer = {"servers": [show(server) if detail else {"id": server["id"], "name": server["name"]} for server in page]}
    if len(mine) > most:
        following = {**{key: values[0] for key, values in query.items()}, "marker": page[-1]["id"]}
        path = "/servers/detail" if detail else "/servers"
        answer["servers_links"] = [{"rel": "next", "href": f"http://127.0.0.1:{PORT}/v2.1{path}?{urllib.parse.urlencode(following)}"}]
    return 200, answer


def act(server, body):
    if list(body) == ["os-stop"]:
        if server["status"] != "ACTIVE" or server["task_state"]:
            raise Fault(409, "conflictingRequest", f"Cannot 'stop' instance {server['id']} while it is in vm_state {server['status'].lower()}")
        server["task_state"] = "powering-off"
        threading.Thread(target=stop, args=(server,), daemon=True).start()
        return 202, None
    if list(body) == ["os-getConsoleOutput"]:
        try:
            lines = open(f"{DIR}/instances/{server['id']}/console.log", errors="replace").read().splitlines()
        except FileNotFoundError:
            raise Fault(409, "conflictingRequest", f"Instance {server['id']} is not ready")
        return 200, {"output": "\n".join(lines[-int(body["os-getConsoleOutput"].get("length", len(lines)) or 1):])}
    raise bad(f"There is no such action: {', '.join(body)}")


def answer(method, url, token, body):
    path = urllib.parse.urlparse(url)
    query = urllib.parse.parse_qs(path.query)
    if not path.path.startswith("/v2.1/"):
        raise Fault(404, "itemNotFound", "The resource could not be found.")
    tenant = project(token)
    words = path.path[len("/v2.1/"):].split("/")
    match method, *words:
        case "GET", "images":
            return 200, {"images": IMAGES}
        case "GET", "flavors":
            return 200, {"flavors": [{"id": flavor["id"], "name": flavor["name"]} for flavor in FLAVORS]}
        case "GET", "limits":
            return 200, limits(tenant)
        case "GET", "servers":
            return listed(tenant, query, False)
        case "GET", "servers", "detail":
            return listed(tenant, query, True)
        case "POST", "servers":
            return create(tenant, body)
        case _, "servers", id, *rest:
            server = servers.get(id)
            if not server or server["tenant_id"] != tenant:
                raise Fault(404, "itemNotFound", f"Instance {id} could not be found.")
            match method, *rest:
                case ["GET"]:
                    return 200, {"server": show(server)}
                case ["DELETE"]:
                    delete(server)
                    return 204, None
                case "POST", "action":
                    return act(server, body)
    raise Fault(404, "itemNotFound", "The resource could not be found.")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def serve(self):
        length = int(self.headers.get("Content-Length") or 0)
        text = self.rfile.read(length)
        try:
            try:
                body = json.loads(text) if text else {}
            except ValueError:
                raise bad("Malformed request body")
            code, content = answer(self.command, self.path, self.headers.get("X-Auth-Token", ""), body)
        except Fault as fault:
            code, content = fault.code, fault.body
        data = b"" if content is None else json.dumps(content).encode()
        self.send_response(code)
        self.send_header("X-OpenStack-Nova-API-Version", "2.1")
        self.send_header("Content-Type", "application/json")
        if code != 204:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_DELETE = serve


def end(*_):
    for server in list(servers.values()):
        if server["process"]:
            server["process"].kill()
    os._exit(0)


shutil.rmtree(f"{DIR}/instances", ignore_errors=True)
os.makedirs(f"{DIR}/instances")
signal.signal(signal.SIGTERM, end)
register()
ThreadingHTTPServer(("127.0.0.1", PORT), Handler).serve_forever()
