"""The genuine DiracX Python client against the running server: one round through the API it generates calls for.

Reads DIRACX_URL, DIRACX_CA_PATH and DIRACX_CREDENTIALS_PATH from the environment as every DiracX program does.
Prints one line per step; any surprise is an exception and a non-zero exit.
"""

import asyncio
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

from diracx.api.jobs import create_sandbox, download_sandbox
from diracx.client.aio import AsyncDiracClient
from diracx.client.models import (
    BodyJobsRescheduleJobs,
    HeartbeatData,
    JobStatusUpdate,
)

JDL = 'Executable = "/bin/true"; JobName = "diracx"; JobGroup = "{group}"; Site = "DIRAC.Nowhere.test";'


def check(condition, what):
    if not condition:
        raise AssertionError(what)
    print("ok", what, flush=True)


async def main(group):
    async with AsyncDiracClient() as api:
        metadata = await api.well_known.get_installation_metadata()
        check("demo" in metadata.virtual_organizations, "installation metadata names the VO")
        me = await api.auth.userinfo()
        check(me.preferred_username == "alice" and me.vo == "demo", "userinfo is alice of demo")

        inserted = await api.jobs.submit_jdl_jobs([JDL.format(group=group)] * 3)
        ids = [job.job_id for job in inserted]
        check(len(set(ids)) == 3 and inserted[0].status == "Received", "three jobs submitted")

        of_group = [{"parameter": "JobGroup", "operator": "eq", "value": group}]
        found = await api.jobs.search(
            parameters=["JobID", "Status", "JobName"], search=of_group, sort=[]
        )
        check({job["JobID"] for job in found} == set(ids), "search finds them")
        check(all(set(job) == {"JobID", "Status", "JobName"} for job in found), "search returns the columns asked for")
        counted = await api.jobs.summary(grouping=["Status"], search=of_group)
        check(counted == [{"Status": "Waiting", "count": 3}], "summary counts them")

        now = datetime.now(timezone.utc)
        killed = await api.jobs.set_job_statuses(
            {str(ids[0]): {now.isoformat(): JobStatusUpdate(status="Killed", minor_status="Marked for termination")}}
        )
        check(killed.success[str(ids[0])].status == "Killed", "status changed")
        rescheduled = await api.jobs.reschedule_jobs(body=BodyJobsRescheduleJobs(job_ids=[ids[1]]))
        check(str(ids[1]) in rescheduled["success"], "rescheduled")
        await api.jobs.patch_metadata({str(ids[1]): {"UserPriority": 3, "Colour": "red"}})
        commands = await api.jobs.add_heartbeat({str(ids[0]): HeartbeatData(load_average=0.5)})
        check([(c.job_id, c.command) for c in commands] == [(ids[0], "Kill")], "the kill command arrives once")
        check(await api.jobs.add_heartbeat({str(ids[0]): HeartbeatData(load_average=0.5)}) == [], "and only once")
        history = await api.jobs.search(
            parameters=["LoggingInfo"],
            search=[{"parameter": "JobID", "operator": "eq", "value": ids[0]}],
            sort=[],
        )
        check(history[0]["LoggingInfo"][-1]["Status"] == "Killed", "the history ends with Killed")

        with tempfile.TemporaryDirectory() as tmp:
            source = Path(tmp) / "hello.txt"
            source.write_text("hello from diracx " + group)
            pfn = await create_sandbox([source], client=api)
            target = Path(tmp) / "back"
            target.mkdir()
            await download_sandbox(pfn, target, client=api)
            check((target / "hello.txt").read_text() == source.read_text(), "sandbox goes and comes back")
            check(await create_sandbox([source], client=api) == pfn, "the same sandbox again needs no transfer")


asyncio.run(main(sys.argv[1]))
