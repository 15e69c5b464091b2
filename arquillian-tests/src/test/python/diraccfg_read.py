# Copyright the DIRAC EE authors.
# SPDX-License-Identifier: Apache-2.0
"""Reads a .cfg file with DIRAC's own reader and writes it again: diraccfg_read.py FILE REWRITTEN JSON.

JSON gets the value of every option by its path; an empty section is a path that ends with a slash.
"""

import json
import sys

from diraccfg import CFG


def walk(section, path, found):
    for name, entry in section.items():
        if not isinstance(entry, dict):
            found[f"{path}/{name}"] = entry
        elif entry:
            walk(entry, f"{path}/{name}", found)
        else:
            found[f"{path}/{name}/"] = ""
    return found


source, rewritten, values = sys.argv[1:]
document = CFG().loadFromFile(source)
with open(values, "w", encoding="utf-8") as file:
    json.dump(walk(document.getAsDict(), "", {}), file)
assert document.writeToFile(rewritten)
