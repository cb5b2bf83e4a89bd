"""What the kernels of a build have imported before they are forked; a notebook may import more."""

import atexit
import gc
import os
import shutil
from contextlib import suppress

# What fails here fails again in the notebook that needs it, where its error is told.
with suppress(Exception):
    import ipykernel.kernelapp  # noqa: F401

    import zhenzhi.charts
    import zhenzhi.explorer
    import zhenzhi.panels  # noqa: F401
    from zhenzhi.charts import fonts

    # Reads the typeface.
    fonts.family()

# A build that was killed cannot take its folder away; the process that it forked from ends after it, and can.
if folder := os.environ.pop("ZHENZHI_FORKS_FOLDER", None):
    atexit.register(shutil.rmtree, folder, ignore_errors=True)

# What stays for good need not be looked through for unused cycles in each kernel.
gc.freeze()
