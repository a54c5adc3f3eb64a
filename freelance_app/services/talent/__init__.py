"""The managed vocabulary of categories and skills."""
