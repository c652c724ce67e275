"""A server on a free port of loopback, a thread for each connection, for the doubles that stand behind a gateway.

Only the standard library.
"""

import socketserver
import threading


class Loopback:
    """Hands every connection to `handler`, a class as `socketserver` knows it, until it is closed."""

    def __init__(self, handler):
        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True
            request_queue_size = 512

            def handle_error(self, request, client_address):
                # A gateway that leaves in the middle is part of the tests.
                pass

        self.server = Server(("127.0.0.1", 0), handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
