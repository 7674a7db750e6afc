"""What a server loads: `routes.served:app`."""

import gc

from routes.app import create_app

app = create_app()
# Content lives as long as the process. Kept out of the collector's sight, it costs no pause while
# pages are served; a large edition would otherwise be walked through again and again.
gc.collect()
gc.freeze()
