"""The command line: arguments in, calls of the rooms, output and an exit status out.

Only doors print, exit and read the environment. Exit statuses: 0 all good, 3 something was skipped, 2 bad usage or
nothing could be read, 1 the archive was found damaged by `verify`, 130 interrupted. Nothing heavy is imported before a
command needs it.
"""

import os
import sys


def main() -> None:
    """Run the command that the process's arguments name, and exit."""
    from communique.cli.app import app
    from communique.cli.output import complain, prepare_streams
    from communique.errors import CommuniqueError, lacking

    prepare_streams()
    try:
        status = _status(app)
        sys.stdout.flush()
    except BrokenPipeError:
        # Where there is no SIGPIPE: say nothing, and keep the interpreter from flushing into the void.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except CommuniqueError as error:
        status = complain(str(error))
    except ModuleNotFoundError as error:
        extra = lacking(error)
        if extra is None:
            raise
        status = complain(str(extra))
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        status = complain(f"{name}{error.strerror or error}")
    except KeyboardInterrupt:
        complain("stopped; whatever was reported as added is in the archive")
        status = 130
    sys.exit(status)


def _status(app: object) -> int:
    """What `app` exits with; errors that Communique raises on purpose pass through."""
    try:
        app()  # type: ignore[operator]
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return 0
