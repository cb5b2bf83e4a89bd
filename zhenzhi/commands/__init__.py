"""The commands of the project, by what they are for.

Each module has ``add``, which describes its commands to the parser of ``__main__``, and a function for each command, which
takes the options and may return an exit status. What a command needs is imported where it runs: most need little.
"""

import argparse

#: The commands of a parser, as its ``add_subparsers`` gives them.
Commands = argparse._SubParsersAction
