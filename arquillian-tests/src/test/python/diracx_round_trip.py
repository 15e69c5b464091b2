"""The genuine DiracX Python client against the running server: one round through the API that it generates calls for.

Reads DIRACX_URL, DIRACX_CA_PATH and DIRACX_CREDENTIALS_PATH from the environment as every DiracX program does; sandboxes go
by a client that heeds only SSL_CERT_FILE. The one argument is the JobGroup of the jobs that it makes. Prints one line per
step; any surprise is an exception and a code other than zero.
"""

import asyncio
import json
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

from diracx.api.jobs import create_sandbox, download_sandbox
from diracx.client.aio import AsyncDiracClient
from diracx.client.models import BodyJobsRescheduleJobs, HeartbeatData, JobStatusUpdate

JDL = 'Executable = "/bin/true"; JobName = "diracx"; JobGroup = "{group}"; Site = "DIRAC.Nowhere.test";'


def check(what, actual, expected):
    if actual != expected:
        raise AssertionError(f"{what}: expected {expected!r}, got {actual!r}")
    print("ok", what, flush=True)


def where(column, value):
    return [{"parameter": column, "operator": "eq", "value": value}]


async def who(api):
    metadata = await api.well_known.get_installation_metadata()
    check("the installation names the VO and its default group", metadata.virtual_organizations["demo"].default_group, "demo_user")
    me = await api.auth.userinfo()
    check("userinfo", (me.sub, me.vo, me.dirac_group, me.preferred_username), ("demo:a-1", "demo", "demo_user", "alice"))


async def submit(api, group):
    inserted = await api.jobs.submit_jdl_jobs([JDL.format(group=group)] * 3)
    ids = [job.job_id for job in inserted]
    check("three jobs submitted", len(set(ids)), 3)
    check("each is received", {(job.status, job.minor_status) for job in inserted}, {("Received", "Job accepted")})
    return ids


async def search(api, group, ids):
    columns = ["JobID", "JobName", "Owner", "Status", "SubmissionTime"]
    by_id = [{"parameter": "JobID", "direction": "desc"}]
    found = await api.jobs.search(parameters=columns, search=where("JobGroup", group), sort=by_id)
    check("search finds them in the order asked for", [job["JobID"] for job in found], sorted(ids, reverse=True))
    check("with the columns asked for", {tuple(sorted(job)) for job in found}, {tuple(sorted(columns))})
    check("and their values", {(job["JobName"], job["Owner"], job["Status"]) for job in found}, {("diracx", "alice", "Waiting")})
    times = [datetime.fromisoformat(job["SubmissionTime"]) for job in found]
    check("times have an offset", [time.tzinfo is not None for time in times], [True] * 3)
    page = await api.jobs.search(search=where("JobGroup", group), sort=by_id, page=2, per_page=2)
    check("the second page has the rest", [job["JobID"] for job in page], [min(ids)])
    among = [{"parameter": "JobID", "operator": "in", "values": ids[:2]}]
    check("search by a set of ids", len(await api.jobs.search(search=among)), 2)
    counted = await api.jobs.summary(grouping=["Status", "Owner"], search=where("JobGroup", group))
    check("summary counts them", counted, [{"Status": "Waiting", "Owner": "alice", "count": 3}])


def report(job, status, minor):
    now = datetime.now(timezone.utc).isoformat()
    return {str(job): {now: JobStatusUpdate(status=status, minor_status=minor, source="diracx")}}


async def change(api, group, ids):
    killed, rescheduled, running = ids
    answer = await api.jobs.set_job_statuses(report(killed, "Killed", "Marked for termination"))
    check("a waiting job is killed", answer.success[str(killed)].status, "Killed")
    answer = await api.jobs.set_job_statuses(report(killed, "Running", "Application"))
    check("a killed one cannot run, which is no error", answer.success[str(killed)].status, "Killed")

    await api.jobs.patch_metadata({str(rescheduled): {"UserPriority": 3, "Colour": "red"}})
    found = await api.jobs.search(parameters=["UserPriority"], search=where("JobID", rescheduled))
    check("metadata is stored", [job["UserPriority"] for job in found], [3])
    answer = await api.jobs.reschedule_jobs(body=BodyJobsRescheduleJobs(job_ids=[rescheduled]))
    check("rescheduled once", answer["success"][str(rescheduled)]["RescheduleCounter"], 1)
    check("nothing failed", answer["failed"], {})

    answer = await api.jobs.set_job_statuses(report(running, "Running", "Application"), force=True)
    check("a status is forced", answer.success[str(running)].status, "Running")
    beat = {str(running): HeartbeatData(load_average=0.5, cpu_consumed=1.0)}
    check("a running job has no orders", await api.jobs.add_heartbeat(beat), [])
    await api.jobs.set_job_statuses(report(running, "Killed", "Marked for termination"))
    orders = [(order.job_id, order.command) for order in await api.jobs.add_heartbeat(beat)]
    check("killed, it is told so", orders, [(running, "Kill")])
    check("but once", await api.jobs.add_heartbeat(beat), [])

    counted = await api.jobs.summary(grouping=["Status"], search=where("JobGroup", group))
    counts = {row["Status"]: row["count"] for row in counted}
    check("the summary follows", counts, {"Killed": 2, "Waiting": 1})
    history = await api.jobs.search(parameters=["LoggingInfo"], search=where("JobID", rescheduled))
    states = [line["Status"] for line in history[0]["LoggingInfo"]]
    check("the history in the order of time", states, ["Received", "Waiting", "Rescheduled", "Received", "Waiting"])


async def sandboxes(api, group, job):
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "hello.txt"
        source.write_text("hello from diracx " + group)
        script = Path(scratch) / "run.sh"
        script.write_bytes(bytes(range(256)) * 4096)
        pfn = await create_sandbox([source, script], client=api)
        check("the sandbox is the owner's", pfn.split("|")[-1].split("/")[3:6], ["demo", "demo_user", "alice"])
        target = Path(scratch) / "back"
        target.mkdir()
        await download_sandbox(pfn, target, client=api)
        check("it comes back", sorted(file.name for file in target.iterdir()), ["hello.txt", "run.sh"])
        check("its text", (target / "hello.txt").read_text(), source.read_text())
        check("its bytes", (target / "run.sh").read_bytes(), script.read_bytes())
        check("the same content has the same name", await create_sandbox([source, script], client=api), pfn)
        # the generated client sends a text body as it stands, so that its caller has to make JSON of it
        await api.jobs.assign_sandbox_to_job(job, json.dumps(pfn))
        stored = pfn.split("|")[-1]
        check("a job's output sandbox", await api.jobs.get_job_sandbox(job, "output"), [stored])
        check("all of its sandboxes", await api.jobs.get_job_sandboxes(job), {"Input": [None], "Output": [stored]})


async def main(group):
    async with AsyncDiracClient() as api:
        await who(api)
        ids = await submit(api, group)
        await search(api, group, ids)
        await change(api, group, ids)
        await sandboxes(api, group, ids[0])
    print("done")


asyncio.run(main(sys.argv[1]))
