"""Ceilometer's own sample pipeline, in process, on samples that the caller wrote: prints CPU seconds and counts.

  ceilometer_pipeline.py SAMPLES.jsonl PIPELINE.yaml

The samples are read before the clock starts, and go in as the notifications that Ceilometer's polling agent sends, 50
samples each, so neither the bus nor JSON is part of the figure.
"""
import json
import logging
import sys
import time
import warnings

warnings.filterwarnings("ignore")

from ceilometer import service  # noqa: E402
from ceilometer.pipeline import sample as pipeline  # noqa: E402
from ceilometer.telemetry import notifications  # noqa: E402

SAMPLES_PER_NOTIFICATION = 50

conf = service.prepare_service(argv=["benchmark"], config_files=[])
logging.disable(logging.CRITICAL)
conf.set_override("pipeline_cfg_file", sys.argv[2])
manager = pipeline.SamplePipelineManager(conf)
endpoint = notifications.TelemetryIpc(conf, manager.publisher())

with open(sys.argv[1], encoding="utf-8") as lines:
    samples = [json.loads(line) for line in lines]

began = time.process_time()
for first in range(0, len(samples), SAMPLES_PER_NOTIFICATION):
    endpoint.sample([{
        "payload": {"samples": samples[first:first + SAMPLES_PER_NOTIFICATION]},
        "event_type": "telemetry.polling",
        "publisher_id": "benchmark",
        "metadata": {"timestamp": "", "message_id": ""},
    }])
spent = time.process_time() - began

counts = {one.sink.name: len(one.publishers[0].samples) for one in manager.pipelines}
print(json.dumps({"cpu_seconds": spent, "counts": counts}))
