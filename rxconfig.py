"""Reflex configuration; every value comes from freelance_app.settings."""

import reflex as rx
from reflex_base.constants import StateManagerMode

from freelance_app.build import OneScript, PaintFirst, SameOrigin
from freelance_app.settings import settings

config = rx.Config(
    app_name="freelance_app",
    api_url=settings.public_url,
    deploy_url=settings.public_url,
    cors_allowed_origins=[settings.public_url],
    redis_url=settings.redis_url,
    state_manager_mode=StateManagerMode.REDIS if settings.redis_url else StateManagerMode.MEMORY,
    redis_token_expiration=24 * 3_600,
    plugins=[OneScript(), SameOrigin(), PaintFirst()],
    disable_plugins=[rx.plugins.SitemapPlugin],
    frontend_compression_formats=["brotli", "gzip"],
    telemetry_enabled=False,
    show_built_with_reflex=False,
)
