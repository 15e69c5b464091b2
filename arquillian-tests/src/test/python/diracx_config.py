# Copyright the DIRAC EE authors.
# SPDX-License-Identifier: Apache-2.0
"""Reads the configuration with DiracX's own client, on conditions too, and checks it with DiracX's own model."""

from azure.core import MatchConditions
from azure.core.exceptions import ResourceNotModifiedError
from diracx.client.sync import SyncDiracClient
from diracx.core.config.schema import Config


def with_headers(response, document, _):
    return document, response.http_response.headers


def known(client, **conditions):
    try:
        client.config.serve_config(**conditions)
    except ResourceNotModifiedError:
        return True
    return False


with SyncDiracClient() as client:
    document, headers = client.config.serve_config(cls=with_headers)
    etag = headers["ETag"]
    assert not etag.startswith('"'), etag
    print("read", etag)

    assert known(client, etag=etag, match_condition=MatchConditions.IfModified)
    assert not known(client, etag="another", match_condition=MatchConditions.IfModified)
    assert known(client, if_modified_since="Fri, 01 Jan 2100 00:00:00 GMT")
    assert not known(client, if_modified_since=headers["Last-Modified"])
    print("read on conditions")

    model = Config.model_validate(document)
    # other suites may have added VOs
    assert {"demo", "other"} <= set(model.registry), model.registry
    assert model.operations["demo"].services.job_monitoring.global_jobs_info is True
    assert "NormalUser" in model.registry["demo"].groups["demo_user"].properties
    assert model.registry["demo"].users["a-1"].prefered_username == "alice"
    again = model.model_dump(mode="json", by_alias=True)
    assert again == document, (again, document)
    print("DiracX's model writes it back as it stands")
print("done")
