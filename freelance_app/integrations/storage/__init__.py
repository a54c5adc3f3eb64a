"""Where the bytes of uploaded files lie: a folder by default."""
