"""``python -m interfaces.cli`` is ``policykb``."""

import sys

from interfaces.cli import main

sys.exit(main())
