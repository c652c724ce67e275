"""The vendors' own SDKs through Footing, with nothing changed but the base URL and the key; and Pact's own implementation.

    .build-test/venv/bin/python Tests/SDKs/run.py --footing .build/debug/footing [--only openai|stripe|boto3|pact]

The Python that runs this needs what is in requirements.txt; a package that is missing is a clear line.
"""

import importlib
import io
import os
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Hostile"))
import doubles  # noqa: E402
import harness  # noqa: E402
import pacts  # noqa: E402
from harness import common, project  # noqa: E402


def key(prefix):
    return prefix + os.urandom(12).hex()


OPENAI = """provider: openai
title: OpenAI
environments:
  sandbox: { url: "http://127.0.0.1:@PORT@" }
auth: { bearer: openai-key }
timeouts: { connect: 2s, total: 60s }
retries: { attempts: 3, base: 50ms, max: 1s, statuses: [429, 502, 503, 504] }
errors:
  - when: { status: 404 }
    code: model_unknown
    text: "This model is not available."
    caller: true
operations:
  chat: { method: POST, path: /v1/chat/completions, risk: read }
  models: { method: GET, path: /v1/models, risk: read }
  embeddings: { method: POST, path: /v1/embeddings, risk: read }
  upload: { method: POST, path: /v1/files, risk: write, idempotency: none }
  content: { method: GET, path: "/v1/files/{id}/content", risk: read }
"""


def check_openai(report, folder, footing):
    import openai

    secret = key("sk-")
    double = doubles.OpenAI(secret)
    made = project.Project(folder, footing)
    made.secret("openai-key", secret)
    made.provider("openai", OPENAI.replace("@PORT@", str(double.port)))
    made.save()
    token = made.token("call:openai.*")
    with harness.serving(made) as (server, port):
        client = openai.OpenAI(
            base_url=f"http://127.0.0.1:{port}/p/openai/v1", api_key=token, max_retries=0, timeout=30
        )
        question = [{"role": "user", "content": "How are rents in Mitte?"}]
        said = client.chat.completions.create(model="small", messages=question)
        report.check(said.choices[0].message.content == "Rents in Mitte are high.", f"openai: chat said {said}")
        report.check(said.usage.total_tokens == 11, "openai: usage")

        words = []
        for piece in client.chat.completions.create(model="small", messages=question, stream=True):
            double.first_piece_arrived.set()
            words.append(piece.choices[0].delta.content)
        report.check(words == double.WORDS, f"openai: streamed {words}")
        report.check(not double.was_held, "openai: the first piece of a stream was held back until the next")

        report.check([model.id for model in client.models.list()] == ["small"], "openai: models")
        vector = client.embeddings.create(model="small", input="rent", encoding_format="float").data[0].embedding
        report.check(vector == [0.25, -0.5], f"openai: embeddings {vector}")
        content = os.urandom(2_000_000)
        uploaded = client.files.create(file=("rents.jsonl", io.BytesIO(content)), purpose="batch")
        report.check(uploaded.id == "file-1" and content in double.upload, "openai: an upload arrives byte for byte")
        got = client.files.content("file-1").read()
        report.check(got == bytes(range(256)) * 4096, f"openai: a download of {len(got)} bytes arrives byte for byte")

        said = client.chat.completions.create(model="busy", messages=question)
        report.check(said.choices[0].message.content and double.busy == 2, "openai: a 429 is waited out")
        expect(
            report,
            "openai: an unknown model",
            openai.NotFoundError,
            lambda: client.chat.completions.create(model="missing", messages=question),
        )
        wrong = openai.OpenAI(base_url=client.base_url, api_key="ft_" + "x" * 43, max_retries=0)
        expect(report, "openai: a wrong token", openai.AuthenticationError, lambda: wrong.models.list())
        stream = client.chat.completions.create(model="endless", messages=question, stream=True)
        next(iter(stream))
        stream.close()
        report.check(double.left.wait(10), "openai: the caller left a stream, the vendor's call went on")
        harmless(report, "openai", double, token)
    double.close()


STRIPE = """provider: stripe
title: Stripe
environments:
  sandbox: { url: "http://127.0.0.1:@PORT@" }
auth: { bearer: stripe-key }
timeouts: { connect: 2s, total: 30s }
retries: { attempts: 3, base: 50ms, max: 1s, statuses: [429, 502, 503, 504] }
errors:
  - when: { status: 402 }
    code: card_declined
    text: "The card was declined."
    caller: true
operations:
  list-customers: { method: GET, path: /v1/customers, risk: read }
  create-customer: { method: POST, path: /v1/customers, risk: write, idempotency: Idempotency-Key }
  pay: { method: POST, path: /v1/payment_intents, risk: payment, idempotency: Idempotency-Key }
"""


def check_stripe(report, folder, footing):
    import stripe

    secret = key("sk_test_")
    double = doubles.Stripe(secret)
    made = project.Project(folder, footing)
    made.secret("stripe-key", secret)
    made.provider("stripe", STRIPE.replace("@PORT@", str(double.port)))
    made.save()
    token = made.token("call:stripe.*")
    with harness.serving(made) as (server, port):
        client = stripe.StripeClient(
            token, base_addresses={"api": f"http://127.0.0.1:{port}/p/stripe"}, max_network_retries=0
        )
        customer = client.v1.customers.create({"email": "a+b@example.org", "metadata": {"plan": "ä & ö"}})
        report.check(
            customer.email == "a+b@example.org" and customer.metadata["plan"] == "ä & ö",
            f"stripe: customer {customer}",
        )
        ids = [customer.id for customer in client.v1.customers.list({"limit": 10}).auto_paging_iter()]
        report.check(ids == [f"cus_{number}" for number in range(1, 26)], f"stripe: pages {ids}")

        order = {"amount": 4200, "currency": "eur"}
        paid = client.v1.payment_intents.create(order, {"idempotency_key": "order-1"})
        again = client.v1.payment_intents.create(order, {"idempotency_key": "order-1"})
        report.check(paid.id == again.id and paid.amount == 4200, "stripe: the same key is the same payment")
        double.drop_next = True
        before = len(double.effects)
        lost = client.v1.payment_intents.create(order, {"idempotency_key": "order-2"})
        report.check(lost.status == "succeeded", "stripe: a lost answer is asked for again")
        report.check(
            len(double.effects) == before + 1, f"stripe: a repeated payment keeps its key: {list(double.effects)}"
        )
        refused = expect(
            report,
            "stripe: a declined card",
            stripe.StripeError,
            lambda: client.v1.payment_intents.create(dict(order, payment_method="pm_declined")),
        )
        report.check(
            refused is None or refused.http_status == 402, f"stripe: declined with {refused and refused.http_status}"
        )
        harmless(report, "stripe", double, token)
    double.close()


S3 = """provider: s3
title: S3
environments:
  sandbox: { url: "http://127.0.0.1:@PORT@" }
auth: { aws: { service: s3, region: eu-central-1, access_key: s3-access, secret_key: s3-secret } }
timeouts: { connect: 2s, total: 60s }
retries: { attempts: 3, base: 50ms, max: 1s, statuses: [429, 502, 503, 504] }
errors:
  - when: { status: 404 }
    code: object_unknown
    text: "There is no such object."
    caller: true
operations:
  list-buckets: { method: GET, path: /, risk: read }
  list: { method: GET, path: "/{bucket}", risk: read }
  create: { method: PUT, path: "/{bucket}", risk: write, idempotency: none }
"""


def check_boto3(report, folder, footing):
    import boto3
    import botocore.config
    import botocore.exceptions

    access, secret = "AKIA" + os.urandom(8).hex().upper(), key("s3-secret-")
    moto_port = common.free_port()
    moto = common.Server([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(moto_port)])
    double = doubles.SignedStorage(access, secret, "eu-central-1", "s3", moto_port)
    try:
        moto.first_answer(moto_port, "/moto-api/data.json", 60)
        made = project.Project(folder, footing)
        made.secret("s3-access", access)
        made.secret("s3-secret", secret)
        made.provider("s3", S3.replace("@PORT@", str(double.port)))
        made.save()
        token = made.token("call:s3.*")
        with harness.serving(made) as (server, port):
            # Names of buckets in the path: the endpoint has no names of its own below it.
            client = boto3.client(
                "s3",
                endpoint_url=f"http://127.0.0.1:{port}/p/s3",
                region_name="eu-central-1",
                aws_access_key_id=token,
                aws_secret_access_key="unused",
                config=botocore.config.Config(
                    s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}, read_timeout=60
                ),
            )
            use_storage(report, client, botocore.exceptions.ClientError)
            report.check(not double.refusals, f"boto3: signatures refused: {double.refusals[:5]}")
            harmless(report, "boto3", double, token)
    finally:
        double.close()
        moto.stop()


def use_storage(report, client, error):
    place = {"CreateBucketConfiguration": {"LocationConstraint": "eu-central-1"}}
    client.create_bucket(Bucket="rents", **place)
    names = [
        "plain.txt",
        "with space.txt",
        "a+b=c&d.txt",
        "ä/ö/ü.txt",
        "deep/er/file~1.txt",
        "per%cent.txt",
        "star*('!).txt",
    ]
    for name in names:
        client.put_object(
            Bucket="rents", Key=name, Body=name.encode(), Metadata={"about": "rent"}, ContentType="text/plain"
        )
        got = client.get_object(Bucket="rents", Key=name)
        report.check(
            got["Body"].read() == name.encode() and got["Metadata"] == {"about": "rent"}, f"boto3: object {name}"
        )
    listed = []
    for page in client.get_paginator("list_objects_v2").paginate(Bucket="rents", PaginationConfig={"PageSize": 3}):
        listed += [entry["Key"] for entry in page.get("Contents", [])]
    report.check(sorted(listed) == sorted(names), f"boto3: listed {listed}")
    found = client.list_objects_v2(Bucket="rents", Prefix="ä/ö", Delimiter="/")
    prefixes = [entry["Prefix"] for entry in found.get("CommonPrefixes", [])]
    report.check(prefixes == ["ä/ö/"], f"boto3: prefixes {prefixes}")
    report.check([bucket["Name"] for bucket in client.list_buckets()["Buckets"]] == ["rents"], "boto3: buckets")
    report.check(client.head_object(Bucket="rents", Key="plain.txt")["ContentLength"] == 9, "boto3: HEAD")
    part = client.get_object(Bucket="rents", Key="plain.txt", Range="bytes=2-4")["Body"].read()
    report.check(part == b"ain", f"boto3: range {part!r}")
    client.copy_object(Bucket="rents", Key="copy.txt", CopySource={"Bucket": "rents", "Key": "with space.txt"})
    report.check(client.get_object(Bucket="rents", Key="copy.txt")["Body"].read() == b"with space.txt", "boto3: copy")
    large = os.urandom(12 << 20)
    client.upload_fileobj(io.BytesIO(large), "rents", "large.bin")
    back = io.BytesIO()
    client.download_fileobj("rents", "large.bin", back)
    report.check(back.getvalue() == large, "boto3: 12 MB in parts, up and down")
    client.delete_object(Bucket="rents", Key="copy.txt")
    expect(report, "boto3: a deleted object", error, lambda: client.head_object(Bucket="rents", Key="copy.txt"))


def expect(report, what, kind, work):
    """Whether work fails as it should; the error."""
    try:
        work()
    except kind as error:
        report.check(True, what)
        return error
    except Exception as error:  # noqa: BLE001 (an SDK may raise anything; it is reported)
        report.check(False, f"{what}: {type(error).__name__}: {error}")
        return None
    report.check(False, f"{what}: no error")
    return None


def harmless(report, name, double, token):
    """The token never went on to the vendor."""
    held = [
        f"{method} {path}"
        for method, path, fields, body in double.seen
        if token in path or any(token in value for value in fields.values()) or token.encode() in body
    ]
    report.check(not held, f"{name}: the token reached the vendor: {held[:3]}")
    report.check(len(double.seen) > 3, f"{name}: the vendor saw {len(double.seen)} requests")


CHECKS = {"openai": check_openai, "stripe": check_stripe, "boto3": check_boto3, "pact": pacts.check}


def main():
    options = harness.arguments(__doc__, only=dict(choices=list(CHECKS), help="one SDK alone"))
    report = harness.Report("SDKs")
    with harness.scratch() as folder:
        for name, check in CHECKS.items():
            if options.only and name != options.only:
                continue
            try:
                module = importlib.import_module(name)
            except ImportError:
                report.note(f"{name} is not installed: not tried")
                continue
            began = time.monotonic()
            try:
                check(report, folder / name, options.footing.resolve())
            except Exception as error:  # noqa: BLE001 (one SDK must not keep the others from being tried)
                report.check(False, f"{name}: {type(error).__name__}: {' '.join(str(error).split())[:500]}")
            version = getattr(module, "__version__", getattr(module, "VERSION", "?"))
            print(f"{name} {version}: {time.monotonic() - began:.1f} s", flush=True)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
