"""nginx and haproxy as reverse proxies in front of an upstream, with the defaults they come with."""

import os
import pathlib

from harness import common


def nginx(folder, upstream):
    """The running server and its port, or None where nginx is not installed."""
    path = common.find("nginx")
    if not path:
        return None
    port = common.free_port()
    temporary = "".join(
        f"  {kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if os.geteuid() == 0 else ""
    config = pathlib.Path(folder) / "nginx.conf"
    config.write_text(
        f"{user}daemon off;\nworker_processes 1;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n"
        f"events {{ worker_connections 1024; }}\nhttp {{\n  access_log off;\n{temporary}"
        f"  upstream main {{ server 127.0.0.1:{upstream}; keepalive 8; }}\n"
        f"  server {{ listen 127.0.0.1:{port};\n    location /probe {{ return 200; }}\n"
        '    location / { proxy_pass http://main; proxy_http_version 1.1; proxy_set_header Connection "";'
        " proxy_next_upstream off; }\n  }\n}\n"
    )
    return started([path, "-p", str(folder), "-c", str(config)], port, folder)


def haproxy(folder, upstream):
    """The running server and its port, or None where haproxy is not installed."""
    path = common.find("haproxy")
    if not path:
        return None
    port = common.free_port()
    config = pathlib.Path(folder) / "haproxy.cfg"
    config.write_text(
        "global\n  nbthread 1\n  no strict-limits\ndefaults\n  mode http\n  timeout client 10s\n  timeout server 10s\n"
        f"  timeout connect 5s\n  retries 0\nfrontend main\n  bind 127.0.0.1:{port}\n"
        "  http-request return status 200 if { path /probe }\n  default_backend up\n"
        f"backend up\n  server up 127.0.0.1:{upstream}\n"
    )
    return started([path, "-db", "-f", str(config)], port, folder)


def started(command, port, folder):
    with open(pathlib.Path(folder) / "out.log", "ab") as log:
        server = common.Server(command, cwd=folder, log=log)
    server.first_answer(port, "/probe", 20)
    return server, port
