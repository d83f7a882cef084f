"""The files of a task: listed, and fetched so that nothing but the one new file is touched."""

from sigmic_jupyter.widget.files.artifact import Artifact, Artifacts
from sigmic_jupyter.widget.files.desk import FilesDesk
from sigmic_jupyter.widget.files.sizes import byte_count
from sigmic_jupyter.widget.files.types import type_of

__all__ = ["Artifact", "Artifacts", "FilesDesk", "byte_count", "type_of"]
