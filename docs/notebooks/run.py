"""Run the notebooks of this folder and keep what they show: python docs/notebooks/run.py. Needs `communique[notebook]`.

Nothing is asked of a network. What a notebook shows changes with the weights; a cell that fails ends the run.
"""

from pathlib import Path

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).parent


def main() -> None:
    """Execute every notebook in place, in its own folder, and leave out what differs from one machine to another."""
    for path in sorted(HERE.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(HERE)}}).execute()
        for cell in notebook.cells:
            cell.metadata.pop("execution", None)
        notebook.metadata["language_info"] = {"name": "python"}
        nbformat.write(notebook, path)


if __name__ == "__main__":
    main()
