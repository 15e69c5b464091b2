# A DOUBLE of HTCondor's command-line client and of the CE behind it, as no package brings HTCondor here. It was written after the manual
# pages of condor_submit, condor_q, condor_history, condor_rm and condor_transfer_data; NO HTCONDOR WAS RUN, and none of its code is in here.
#
# What it is strict about: options and their order of words, submit commands (an unknown one is an error, where HTCondor only warns),
# files that must be there, ClassAd expressions, the pool and the schedd named, tokens (issuer, signature, audience, expiry, scope).
# What it does: keeps a queue and a history, really runs executables in directories of their own, holds and removes by the expressions
# of the submit description, spools inputs and outputs. A completed spooled job leaves the queue when its output is fetched.
# Usage: condor.py DIR condor_PROGRAM ARGUMENT…; made available under their names by condor.sh. Python 3.9 or later, openssl.
import base64, fcntl, json, os, re, shutil, signal, subprocess, sys, time, urllib.request, ssl

DIR, PROGRAM = sys.argv[1], sys.argv[2]
CONFIG = json.load(open(f"{DIR}/config.json"))
ATTRIBUTE = r"[A-Za-z_][A-Za-z0-9_]*"


def die(*lines):
    print("\n".join(lines), file=sys.stderr)
    sys.exit(1)


# --- ClassAd expressions: a part of the language, three-valued as far as comparisons go ---
TOKENS = re.compile(r'\s*(?:(\d+)|"((?:[^"\\]|\\.)*)"|(' + ATTRIBUTE + r")|(=\?=|=!=|==|!=|<=|>=|&&|\|\||[<>()!+*-]))")


class Expression:
    def __init__(self, text):
        self.words, at = [], 0
        text = text.strip()
        while at < len(text):
            word = TOKENS.match(text, at)
            if not word:
                raise ValueError(f"Parse error in expression: {text}")
            self.words.append(word.groups())
            at = word.end()
        self.text = text

    def value(self, ad):
        self.at, self.ad = 0, {name.lower(): value for name, value in ad.items()}
        value = self.level(0)
        if self.at != len(self.words):
            raise ValueError(f"Parse error in expression: {self.text}")
        return value

    LEVELS = [["||"], ["&&"], ["=?=", "=!=", "==", "!="], ["<", ">", "<=", ">="], ["+", "-"], ["*"]]

    def sign(self):
        return self.words[self.at][3] if self.at < len(self.words) else None

    def level(self, depth):
        if depth == len(self.LEVELS):
            return self.atom()
        left = self.level(depth + 1)
        while self.sign() in self.LEVELS[depth]:
            operator = self.sign()
            self.at += 1
            left = self.apply(operator, left, self.level(depth + 1))
        return left

    @staticmethod
    def apply(operator, left, right):
        if operator == "=?=":
            return type(left) is type(right) and left == right
        if operator == "=!=":
            return not (type(left) is type(right) and left == right)
        if operator == "||":
            return True if left is True or right is True else (None if None in (left, right) else False)
        if operator == "&&":
            return False if left is False or right is False else (None if None in (left, right) else True)
        if left is None or right is None:
            return None
        if isinstance(left, str) and isinstance(right, str):
            left, right = left.lower(), right.lower()
        return {"==": lambda: left == right, "!=": lambda: left != right, "<": lambda: left < right,
                ">": lambda: left > right, "<=": lambda: left <= right, ">=": lambda: left >= right,
                "+": lambda: left + right, "-": lambda: left - right, "*": lambda: left * right}[operator]()

    def atom(self):
        if self.at >= len(self.words):
            raise ValueError(f"Parse error in expression: {self.text}")
        number, text, name, sign = self.words[self.at]
        self.at += 1
        if number is not None:
            return int(number)
        if text is not None:
            return re.sub(r"\\(.)", r"\1", text)
        if name is not None:
            if name.lower() == "time" and self.sign() == "(":
                self.at += 2
                return int(time.time())
            if name.lower() in ("true", "false"):
                return name.lower() == "true"
            return None if name.lower() == "undefined" else self.ad.get(name.lower())
        if sign == "!":
            value = self.atom()
            return None if value is None else not value
        if sign == "(":
            value = self.level(0)
            if self.sign() != ")":
                raise ValueError(f"Parse error in expression: {self.text}")
            self.at += 1
            return value
        raise ValueError(f"Parse error in expression: {self.text}")


def true(expression, ad):
    return Expression(expression).value(ad) is True


# --- the queue: a file for each job ---
class Lock:
    def __enter__(self):
        self.file = open(f"{DIR}/lock", "w")
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *_):
        self.file.close()


def store(where, job):
    path = f"{DIR}/{where}/{job['id']}.json"
    with open(path + ".part", "w") as file:
        json.dump(job, file)
    os.rename(path + ".part", path)


def load(where, id):
    try:
        return json.load(open(f"{DIR}/{where}/{id}.json"))
    except FileNotFoundError:
        return None


def loads(where):
    names = [name[:-5] for name in os.listdir(f"{DIR}/{where}") if name.endswith(".json")]
    names.sort(key=lambda id: [int(part) for part in id.split(".")])
    return [job for job in (load(where, name) for name in names) if job]


def change(id, **attributes):
    with Lock():
        job = load("queue", id)
        if job:
            if "JobStatus" in attributes and attributes["JobStatus"] != job["ad"]["JobStatus"]:
                attributes["EnteredCurrentStatus"] = int(time.time())
            job["ad"].update(attributes)
            store("queue", job)
        return job


def leave(id):
    with Lock():
        job = load("queue", id)
        if job:
            store("history", job)
            os.unlink(f"{DIR}/queue/{id}.json")


# --- who may do what ---
def unbase(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def refused(why):
    with open(f"{DIR}/log", "a") as log:
        log.write(f"{PROGRAM}: refused: {why}\n")
    die(f"ERROR: Failed to connect to queue manager {CONFIG['ce']}",
        "AUTHENTICATE:1003:Failed to authenticate with any method",
        f"AUTHENTICATE:1004:Failed to authenticate using SCITOKENS ({why})")


def der(tag, *parts):
    content = b"".join(parts)
    size = len(content)
    length = bytes([size]) if size < 128 else (lambda raw: bytes([128 + len(raw)]) + raw)(size.to_bytes((size.bit_length() + 7) // 8, "big"))
    return bytes([tag]) + length + content


def number(raw):
    raw = raw.lstrip(b"\0") or b"\0"
    return der(2, (b"\0" if raw[0] > 127 else b"") + raw)


def signed(algorithm, head, body, signature, key):
    """RS256 or ES256, by openssl: the key and, of ES256, the signature in DER."""
    if algorithm == "RS256":
        rsa = bytes.fromhex("06092a864886f70d0101010500")
        spki = der(0x30, der(0x30, rsa), der(3, b"\0", der(0x30, number(unbase(key["n"])), number(unbase(key["e"])))))
    else:
        spki = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200") + b"\x04"
        spki += unbase(key["x"]).rjust(32, b"\0") + unbase(key["y"]).rjust(32, b"\0")
        signature = der(0x30, number(signature[:32]), number(signature[32:]))
    work = f"{DIR}/verify-{os.getpid()}"
    os.mkdir(work, 0o700)
    try:
        open(f"{work}/key", "wb").write(spki)
        open(f"{work}/signature", "wb").write(signature)
        return subprocess.run(["openssl", "dgst", "-sha256", "-keyform", "DER", "-verify", f"{work}/key", "-signature",
                               f"{work}/signature"], input=f"{head}.{body}".encode(), capture_output=True).returncode == 0
    finally:
        shutil.rmtree(work)


def verify(path, scope):
    try:
        if os.stat(path).st_mode & 0o077:
            refused("the token file is open to others")
        token = open(path).read().strip()
        head, body, signature = token.split(".")
        header, claims = json.loads(unbase(head)), json.loads(unbase(body))
    except FileNotFoundError:
        refused(f"there is no token file {path}")
    except ValueError:
        refused("the token is no JWT")
    if claims.get("exp", 0) <= time.time():
        refused("the token has expired")
    if claims.get("iss") != CONFIG["issuer"]:
        refused(f"issuer {claims.get('iss')} is not trusted")
    audience = claims.get("aud")
    if f"{CONFIG['ce']}:{CONFIG['port']}" not in (audience if isinstance(audience, list) else [audience]):
        refused(f"audience {audience}")
    if scope not in str(claims.get("scope", "")).split():
        refused(f"scope {scope} is not among {claims.get('scope')}")
    if header.get("alg") not in ("RS256", "ES256"):
        refused(f"algorithm {header.get('alg')}, this double knows RS256 and ES256")
    trust = ssl.create_default_context(cafile=CONFIG["ca"])
    fetch = lambda url: json.load(urllib.request.urlopen(url, context=trust, timeout=10))
    jwks = fetch(fetch(CONFIG["issuer"] + "/.well-known/openid-configuration")["jwks_uri"])
    keys = [key for key in jwks["keys"] if key.get("kid") == header.get("kid")]
    if not keys or not signed(header["alg"], head, body, unbase(signature), keys[0]):
        refused("the signature is wrong")


def authenticate(remote, scope):
    if not remote:
        return
    if os.environ.get("_CONDOR_SEC_CLIENT_AUTHENTICATION_METHODS") != "SCITOKENS":
        refused("this CE takes SCITOKENS only")
    verify(os.environ.get("_CONDOR_SCITOKENS_FILE", ""), scope)


# --- command lines ---
def options(words, known):
    """known: option → number of words after it; returns the options and the rest"""
    found, rest, at = {}, [], 0
    while at < len(words):
        word = words[at]
        if word.startswith("-"):
            if word.startswith("-af:") or word == "-af":
                if "-af" not in known:
                    die(f"{PROGRAM}: unknown option {word}")
                if word not in ("-af", "-af:j", "-af:jV"):
                    die(f"{PROGRAM}: this double does not know the format {word}")
                fields = []
                while at + 1 < len(words) and not words[at + 1].startswith("-"):
                    at += 1
                    fields.append(words[at])
                if not fields:
                    die(f"Error: Argument {word} requires at least one attribute parameter")
                found["-af"] = (word, fields)
            elif word not in known:
                die(f"{PROGRAM}: unrecognised argument {word}")
            else:
                if at + known[word] >= len(words):
                    die(f"Error: Argument {word} requires another parameter")
                found[word] = words[at + 1] if known[word] else True
                at += known[word]
        else:
            rest.append(word)
        at += 1
    return found, rest


def located(found, name):
    """whether the remote schedd is meant"""
    if "-pool" not in found and name not in found:
        return False
    if found.get("-pool") != f"{CONFIG['ce']}:{CONFIG['port']}":
        die(f"Error: Couldn't contact the condor_collector on {found.get('-pool')}.")
    if found.get(name) != CONFIG["ce"]:
        die(f"Error: Collector has no record of schedd/submitter {found.get(name)}")
    return True


def chosen(where, found, rest, remote):
    wanted = []
    for word in rest:
        if not re.fullmatch(r"\d+(\.\d+)?", word):
            die(f"{PROGRAM}: '{word}' is no job")
        wanted.append(word)
    if not wanted and "-constraint" not in found:
        die(f"{PROGRAM}: this double wants jobs or a constraint")
    try:
        jobs = [job for job in loads(where) if job["remote"] == remote
                and (not wanted or job["id"] in wanted or job["id"].split(".")[0] in wanted)
                and ("-constraint" not in found or true(found["-constraint"], job["ad"]))]
    except ValueError as wrong:
        die(f"Error: {wrong}")
    return jobs, wanted


def show(jobs, found):
    format, fields = found.get("-af") or die(f"{PROGRAM}: this double wants -af")

    def text(value):
        if value is None:
            return "undefined"
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, str) and "V" in format:
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        return str(value)

    for job in jobs:
        ad = {name.lower(): value for name, value in job["ad"].items()}
        values = [text(ad.get(field.lower())) for field in fields]
        print(" ".join(([job["id"]] if "j" in format else []) + values))


# --- condor_submit ---
COMMANDS = {"universe", "grid_resource", "use_scitokens", "scitokens_file", "executable", "initialdir", "transfer_input_files",
            "transfer_output_files", "output", "error", "log", "should_transfer_files", "when_to_transfer_output", "notification",
            "request_cpus", "request_memory", "arguments", "on_exit_hold", "on_exit_hold_subcode", "on_exit_hold_reason", "periodic_hold",
            "periodic_hold_reason", "periodic_hold_subcode", "periodic_remove"}
NEEDED = ["universe", "executable", "output", "error", "should_transfer_files"]
CHOICES = {"universe": ("vanilla", "grid"), "should_transfer_files": ("YES",), "notification": ("Never",),
           "when_to_transfer_output": ("ON_EXIT", "ON_EXIT_OR_EVICT"), "use_scitokens": ("true",)}


def description(path):
    commands, attributes, queue = {}, {}, None
    try:
        lines = open(path).read().splitlines()
    except OSError:
        die(f"ERROR: Failed to open command file ({path})")
    for number, line in enumerate(lines, 1):
        wrong = lambda why: die(f"ERROR: on Line {number} of submit file: {why}: {line}")
        if not line.strip() or line.strip().startswith("#"):
            continue
        if queue:
            wrong("nothing may follow the queue statement here")
        statement = re.fullmatch(rf"\s*queue\s+({ATTRIBUTE})\s+in\s+\(([^()]*)\)\s*", line, re.I)
        if statement:
            queue = (statement.group(1), statement.group(2).replace(",", " ").split())
            continue
        assignment = re.fullmatch(rf"\s*(\+?)({ATTRIBUTE})\s*=\s*(.*?)\s*", line)
        if not assignment:
            wrong("no command")
        plus, name, value = assignment.groups()
        if plus:
            attributes[name] = value
            continue
        if name.lower() not in COMMANDS:
            wrong("unknown command")
        if name.lower() in CHOICES and value not in CHOICES[name.lower()]:
            wrong(f"allowed are {CHOICES[name.lower()]}")
        if re.fullmatch("request_.*|.*_subcode", name.lower()) and not value.isdigit():
            wrong("no number")
        commands[name.lower()] = value
    for name in NEEDED:
        if name not in commands:
            die(f"ERROR: No '{name}' parameter was provided")
    if not queue or not queue[1]:
        die("ERROR: submit file has no queue statement")
    return commands, attributes, queue


def submit():
    found, rest = options(sys.argv[3:], {"-terse": 0, "-pool": 1, "-remote": 1})
    if "-terse" not in found or len(rest) != 1:
        die("Usage of this double: condor_submit -terse [-pool P -remote S] FILE")
    remote = located(found, "-remote")
    authenticate(remote, "compute.create")
    commands, attributes, (variable, values) = description(rest[0])
    if remote != (commands["universe"] == "vanilla"):
        die("ERROR: vanilla goes to the CE itself, grid through a local schedd, in this double")
    if not remote:
        if commands.get("grid_resource") != f"condor {CONFIG['ce']} {CONFIG['ce']}:{CONFIG['port']}":
            die(f"ERROR: grid_resource {commands.get('grid_resource')} is not known")
        if "use_scitokens" not in commands:
            die("ERROR: use_scitokens is needed in this double")
        verify(commands["scitokens_file"], "compute.create")
    with Lock():
        counter = f"{DIR}/cluster"
        cluster = int(open(counter).read()) + 1 if os.path.exists(counter) else 1
        open(counter, "w").write(str(cluster))
    jobs = []
    for process, value in enumerate(values):
        def expand(text):
            def known(match):
                name = match.group(1).lower()
                macros = {variable.lower(): value, "cluster": str(cluster), "clusterid": str(cluster),
                          "process": str(process), "procid": str(process)}
                return macros[name] if name in macros else die(f"ERROR: macro {match.group(0)} is not defined")
            return re.sub(r"\$\((\w+)\)", known, text)

        mine = {name: expand(text) for name, text in commands.items()}
        home = mine.get("initialdir", os.getcwd())
        if not os.path.isdir(home):
            die(f'ERROR: No such directory: {home}')
        inputs = [os.path.join(home, name.strip()) for name in mine.get("transfer_input_files", "").split(",") if name.strip()]
        for file in inputs + [mine["executable"]]:
            if not os.access(file, os.R_OK):
                die(f"ERROR: Can't open \"{file}\"  with flags 00 (No such file or directory)")
        now = int(time.time())
        ad = {"ClusterId": cluster, "ProcId": process, "JobStatus": 5 if remote else 1, "EnteredCurrentStatus": now, "QDate": now,
              "NumJobStarts": 0, "RequestCpus": int(mine.get("request_cpus", 1)), "Owner": "double"}
        if remote:
            ad.update(HoldReasonCode=16, HoldReason="Spooling input data files")
        try:
            for name, text in attributes.items():
                ad[name] = Expression(expand(text)).value(ad)
            for name in ("on_exit_hold", "periodic_hold", "periodic_remove"):
                Expression(mine.get(name, "false")).value(ad)
            if true(mine.get("periodic_remove", "false"), dict(ad, JobStatus=1)):
                die("ERROR: periodic_remove is true from the start")
        except ValueError as wrong:
            die(f"ERROR: {wrong}")
        jobs.append({"id": f"{cluster}.{process}", "remote": remote, "ad": ad, "submit": mine, "home": home, "inputs": inputs})
    for job in jobs:
        with Lock():
            store("queue", job)
        os.mkdir(f"{DIR}/spool/{job['id']}", 0o700)
        for file in job["inputs"]:
            shutil.copy(file, f"{DIR}/spool/{job['id']}")
        shutil.copy(job["submit"]["executable"], f"{DIR}/spool/{job['id']}/condor_exec.exe")
        if remote:
            change(job["id"], JobStatus=1, HoldReasonCode=None, HoldReason=None)
        subprocess.Popen([sys.executable, __file__, DIR, "starter", job["id"]], start_new_session=True, cwd="/",
                         stdin=subprocess.DEVNULL, stdout=open(f"{DIR}/log", "a"), stderr=subprocess.STDOUT)
    print(f"{cluster}.0 - {cluster}.{len(jobs) - 1}")


# --- what schedd and startd do with one job ---
def members(session):
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                if int(open(f"/proc/{name}/stat").read().rsplit(")", 1)[1].split()[3]) == session:
                    found.append(int(name))
            except (OSError, IndexError):
                pass
    return found


def end(pid, number):
    for member in members(pid):
        try:
            os.kill(member, number)
        except ProcessLookupError:
            pass


def starter():
    id = sys.argv[3]
    slots = [f"{DIR}/slot{number}" for number in range(CONFIG["slots"])]
    slot = None
    while slot is None:
        job = load("queue", id)
        if not job or job["ad"]["JobStatus"] == 3:
            return leave(id)
        mine = job["submit"]
        if true(mine.get("periodic_hold", "false"), job["ad"]):
            reason = Expression(mine.get("periodic_hold_reason", '"periodic_hold"')).value({})
            change(id, JobStatus=5, HoldReasonCode=3, HoldReasonSubCode=int(mine.get("periodic_hold_subcode", 0)), HoldReason=reason)
            return held(id)
        for path in slots:
            file = open(path, "w")
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                slot = file
                break
            except OSError:
                file.close()
        else:
            time.sleep(0.2)
    spool, scratch = f"{DIR}/spool/{id}", f"{DIR}/execute/{id}"
    shutil.copytree(spool, scratch)
    os.chmod(f"{scratch}/condor_exec.exe", 0o700)
    with open(f"{scratch}/_condor_stdout", "w") as out, open(f"{scratch}/_condor_stderr", "w") as err:
        process = subprocess.Popen(["./condor_exec.exe"], cwd=scratch, stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                                   start_new_session=True, close_fds=True,
                                   env={"PATH": "/usr/bin:/bin", "HOME": scratch, "TMPDIR": scratch, "_CONDOR_SCRATCH_DIR": scratch})
    change(id, JobStatus=2, NumJobStarts=1, JobStartDate=int(time.time()))
    asked = None
    while process.poll() is None:
        job = load("queue", id)
        if (not job or job["ad"]["JobStatus"] == 3) and asked is None:
            asked = time.time()
            end(process.pid, signal.SIGTERM)
        if asked and time.time() - asked > 20:
            end(process.pid, signal.SIGKILL)
        time.sleep(0.2)
    end(process.pid, signal.SIGKILL)
    slot.close()
    target = spool if job["remote"] else job["home"]
    for name, file in (("output", "_condor_stdout"), ("error", "_condor_stderr")):
        shutil.copy(f"{scratch}/{file}", os.path.join(target, job["submit"][name]))
    shutil.rmtree(scratch, ignore_errors=True)
    if asked:
        return leave(id)
    code = process.returncode
    result = {"ExitBySignal": True, "ExitSignal": -code} if code < 0 else {"ExitBySignal": False, "ExitCode": code}
    job = change(id, **result)
    if job["ad"]["JobStatus"] == 3:
        return leave(id)
    if true(job["submit"].get("on_exit_hold", "false"), job["ad"]):
        change(id, JobStatus=5, HoldReasonCode=3, HoldReasonSubCode=int(job["submit"].get("on_exit_hold_subcode", 0)),
               HoldReason="The job attribute OnExitHold expression '" + job["submit"]["on_exit_hold"] + "' evaluated to TRUE")
        return held(id)
    change(id, JobStatus=4, CompletionDate=int(time.time()))
    if not job["remote"]:
        leave(id)


def held(id):
    while (load("queue", id) or {"ad": {"JobStatus": 3}})["ad"]["JobStatus"] == 5:
        time.sleep(0.5)
    leave(id)


# --- the other programs ---
def query(where):
    found, rest = options(sys.argv[3:], {"-pool": 1, "-name": 1, "-constraint": 1, "-af": 0,
                                         **({"-limit": 1} if where == "history" else {})})
    remote = located(found, "-name")
    authenticate(remote, "compute.read")
    jobs, _ = chosen(where, found, rest, remote)
    show(jobs[:int(found.get("-limit", len(jobs)))], found)


def remove():
    found, rest = options(sys.argv[3:], {"-pool": 1, "-name": 1, "-constraint": 1})
    remote = located(found, "-name")
    authenticate(remote, "compute.cancel")
    jobs, wanted = chosen("queue", found, rest, remote)
    for job in jobs:
        over = job["ad"]["JobStatus"] == 4
        change(job["id"], JobStatus=3, RemoveReason="via condor_rm (by user double)")
        if over:
            leave(job["id"])
        print(f"Job {job['id']} marked for removal")
    missing = [id for id in wanted if id not in [job["id"] for job in jobs]]
    if missing:
        die(*(f"Job {id} not found" for id in missing))


def transfer():
    found, rest = options(sys.argv[3:], {"-pool": 1, "-name": 1, "-constraint": 1})
    remote = located(found, "-name")
    authenticate(remote, "compute.read")
    jobs, wanted = chosen("queue", found, rest, remote)
    if not jobs:
        die("DCSchedd::receiveJobSandbox: no jobs matched")
    print("Fetching data files...")
    for job in jobs:
        if not os.path.isdir(job["home"]):
            die(f"DCSchedd::receiveJobSandbox: failed to write to {job['home']}")
        for name in ("output", "error"):
            file = f"{DIR}/spool/{job['id']}/{job['submit'][name]}"
            if os.path.exists(file):
                shutil.copy(file, os.path.join(job["home"], job["submit"][name]))
        if job["ad"]["JobStatus"] == 4:
            leave(job["id"])


{"condor_submit": submit, "condor_q": lambda: query("queue"), "condor_history": lambda: query("history"),
 "condor_rm": remove, "condor_transfer_data": transfer, "starter": starter}[PROGRAM]()
