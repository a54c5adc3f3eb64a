"""Payment providers: one port, one module for each provider, and the bank that needs none."""
