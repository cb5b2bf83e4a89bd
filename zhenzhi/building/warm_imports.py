"""What the kernels of a build have imported before they are forked; a notebook may import more."""

import gc
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

# What stays for good need not be looked through for unused cycles in each kernel.
gc.freeze()
