"""The store that the settings name."""

from freelance_app.integrations.storage.folder import FolderStorage
from freelance_app.integrations.storage.storage import Storage
from freelance_app.settings import settings

storage: Storage = FolderStorage(settings.data_dir / "files")
