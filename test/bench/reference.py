"""What the benchmark compares with: the same work by GDAL's and S3's own Python packages, one image at a time.

    reference.py download FILE URL BUCKET KEY default|one-thread
    reference.py job FILE URL BUCKET KEY

Prints one line of JSON: seconds of each step and of all, CPU seconds, peak resident memory in 2^20 bytes. Starting
Python and importing packages is not counted. GDAL takes its settings from the environment, as GDAL_NUM_THREADS.
"""

import json
import math
import os
import resource
import sys
import time


def s3_client(url):
    import boto3

    return boto3.client("s3", endpoint_url=url, region_name="us-west-2", aws_access_key_id="bench", aws_secret_access_key="bench")


def download(client, path, bucket, key, threads="default"):
    from boto3.s3.transfer import TransferConfig

    config = TransferConfig() if threads == "default" else TransferConfig(use_threads=False)
    client.download_file(bucket, key, path, Config=config)


def statistics(path):
    from osgeo import gdal

    options = gdal.InfoOptions(format="json", stats=True, approxStats=True, computeMinMax=True, reportHistograms=True, showMetadata=False)
    dataset = gdal.Open(path)
    gdal.Info(dataset, options=options)


def overviews(path):
    from osgeo import gdal

    dataset = gdal.Open(path)
    levels = math.ceil(math.log2(min(dataset.RasterXSize, dataset.RasterYSize) / 1024))
    if levels > 0:
        dataset.BuildOverviews("CUBIC", [2**level for level in range(1, levels + 1)])


def tile(path):
    from osgeo import gdal

    dataset = gdal.Open(path)
    gdal.Translate("/vsimem/tile.png", dataset, format="PNG", srcWin=[0, 0, 512, 512], outputType=gdal.GDT_Byte)
    gdal.Unlink("/vsimem/tile.png")


def measure(steps):
    usage_before = resource.getrusage(resource.RUSAGE_SELF)
    result = {}
    for name, step in steps.items():
        began = time.perf_counter()
        step()
        result[name] = time.perf_counter() - began
    usage = resource.getrusage(resource.RUSAGE_SELF)
    result["seconds"] = sum(result.values())
    result["cpuSeconds"] = usage.ru_utime + usage.ru_stime - usage_before.ru_utime - usage_before.ru_stime
    result["peakMegabytes"] = usage.ru_maxrss / 1024
    print(json.dumps(result))


def main(mode, path, url, bucket, key, threads="default"):
    client = s3_client(url)
    if mode == "download":
        # The first one of a process also loads and compiles what it needs; a service does that once.
        download(client, path, bucket, key, threads)
        os.remove(path)
        measure({"download": lambda: download(client, path, bucket, key, threads)})
        return
    from osgeo import gdal

    gdal.UseExceptions()
    measure(
        {
            "download": lambda: download(client, path, bucket, key),
            "statistics": lambda: statistics(path),
            "overviews": lambda: overviews(path),
            "tile": lambda: tile(path),
        }
    )


main(*sys.argv[1:])
