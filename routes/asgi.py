"""What a server loads: `routes.asgi:app`."""

from routes.app import create_app

app = create_app()
