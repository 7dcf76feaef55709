"""`python -m bot` is `convive`."""

import sys

from bot.cli import main

sys.exit(main())
