#!/bin/sh
# Pretends to need a calibration that is not there.
echo "reading the calibration of run 20261122"
echo "analyse: no calibration for run 20261122" >&2
echo "analyse: tried conditions/20261122.db; the latest there is 20261031" >&2
exit 42
