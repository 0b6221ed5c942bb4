"""Documents of any kind brought into an archive: which files are meant, what each is, its posts."""

from seeds.importing.naming import AS_TOLD, Naming
from seeds.importing.run import Imported, Progress, Step, decline_seeds, import_documents

__all__ = [
    "AS_TOLD",
    "Imported",
    "Naming",
    "Progress",
    "Step",
    "decline_seeds",
    "import_documents",
]
