/// A project that uses every key there is.
enum Sample {
    static let files = [
        "footing.yaml": footing, "providers/rents.yaml": rents, "providers/geocoder.yaml": geocoder,
        "providers/transit.yaml": transit, "providers/bank.yaml": bank,
        "providers/archive.yaml": archive, "certificates/ca.pem": authority, "../tls/site.crt": authority,
        "../tls/site.key": "key\n", "recipes/commute.yaml": recipe,
        "contracts/rent.json": contract, "contracts/area.yaml": "type: object\n",
        "templates/report.html": "<h1>{{title}}</h1>\n",
    ]

    static let footing = """
        project: rent-vs-commute
        environment: sandbox
        listen: { address: 127.0.0.1:8787, tls: { certificate: ../tls/site.crt, key: ../tls/site.key } }
        app:
          folder: ../app
        browser:
          scopes: [ "task:commute-report", "call:rents.search", "call:geocoder.*" ]
          ttl: 8h
        secrets:
          geocoder-key: { about: "Geocoding key, sandbox account" }
          rents-key: {}
          transit-key:
          bank-login: {}
          archive-id: {}
          archive-key: {}
          archive-session: {}
          archive-certificate: {}
          archive-certificate-key: {}
        language: de
        callers:
          token: { rate: 50/1s, burst: 80, concurrency: 16 }
          tenant: { rate: 300/1m }
          address: { concurrency: 64 }
        budgets:
          tenant: { daily: 20 USD }
          project: { daily: 150.50 USD }
        keep: { calls: 90d, counts: 800d, tasks: 90d, artifacts: 30d }
        workspace: { task: 100MB, tenant: 10 GB }
        drain: { announce: none, deadline: 45s }
        """

    static let rents = """
        # The rents of the city.
        provider: rents
        title: Rents API
        about: Median rents
        owner: { name: "Data team", contact: "data@example.org" }
        rollback_owner: Ada
        status_page: https://status.example.com
        changelog: https://example.com/changes
        runbook: docs/rents.md
        data_use: none of it is kept
        sla: 99.9
        environments:
          sandbox: { url: "http://127.0.0.1:8793/base/" }
          production: { url: "https://API.example.com" }
        auth: { bearer: rents-key }
        drift: { breaks: fail, status: record }
        limits: { rate: 10/1s, burst: 20, concurrency: 4, queue: 50, daily: 5000, zone: "-05:30", hold: 10m }
        timeouts: { connect: 2s, first_byte: 4s, total: 15s }
        retries:
          attempts: 5
          base: 200ms
          max: 5s
          statuses: [429, 503]
          budget: { share: 0.1, at_least: 2/1s }
          hedge: { after: 300ms, at_most: 0.02 }
        breaker: { failures: 0.25, minimum: 4, window: 1m, open: 10s, slow: 5s, probes: 3, ramp: 20s }
        errors:
          - when: { status: 404 }
            code: place_not_found
            text: "We do not know this place."
            texts: { de: "Diesen Ort kennen wir nicht." }
            caller: true
          - when: { code: E17, field: $.fault.number }
            code: vendor_busy
            text: "Try again later."
        operations:
          search:
            about: Median rent of one neighbourhood
            method: get
            path: /v1/rents/{area}
            risk: read
            latency: fast
            idempotency: none
            limits: { rate: 2/1s, burst: 4, concurrency: 2, daily: 100 }
            timeout: 10s
            retry_statuses: [503]
            request:
              query: { type: object, properties: { q: { type: string, default: "1" }, deep: { const: no } } }
              path: { type: object, properties: { area: { type: string } }, required: [area] }
              body: true
            response: contracts/rent.json
            drift: { breaks: record, missing: fail, unknown_field: ignore }
            model: { rent: "$.median_rent", name: "$.area.name" }
            cost: 0.002 USD
            cache: { for: 60s, stale_if_error: 1h, stale_while_revalidate: 10s, vary: [Accept-Language], shared: tenant }
            example: { path: { area: mitte }, query: {}, headers: {}, body: null }
            examples:
              deep: { path: { area: wedding }, query: { deep: "no" } }
            errors:
              - { when: { status: 410 }, code: gone, text: Gone }
          create-watch:
            method: POST
            path: /v1/watches
            risk: write
            idempotency: Idempotency-Key
            request: { body: contracts/area.yaml }
        """

    static let geocoder = """
        provider: geocoder
        environments: { sandbox: { url: "http://localhost:8791" } }
        auth: { query: api_key, secret: geocoder-key }
        operations:
          search: { method: GET, path: /search }
        """

    static let transit = """
        provider: transit
        environments: { sandbox: { url: "http://[::1]:8792" } }
        auth: { header: X-Api-Key, secret: transit-key }
        operations:
          matrix: { method: POST, path: /matrix, risk: read, latency: slow }
        """

    static let bank = """
        provider: bank
        environments: { sandbox: { url: "https://sandbox.bank.example" } }
        auth: { basic: bank-login }
        operations:
          pay: { method: POST, path: /payments, risk: payment, idempotency: Idempotency-Key }
        """

    static let archive = """
        provider: archive
        environments:
          sandbox: { url: "https://s3.example.com", http2: never }
          production:
            url: https://s3.example.com
            http2: always
            tls:
              ca: certificates/ca.pem
              client_certificate: archive-certificate
              client_key: archive-certificate-key
              server_name: objects.example.com
        auth:
          aws:
            service: s3
            region: eu-central-1
            access_key: archive-id
            secret_key: archive-key
            session_token: archive-session
        operations:
          get:
            method: GET
            path: /{bucket}/{key}
            model:
              name: $.name
              size: { pick: $.size, convert: integer, default: 0 }
              price: { jq: ".price", convert: { money: $.currency, unit: minor } }
        """

    static let authority = """
        -----BEGIN CERTIFICATE-----
        AAAA
        -----END CERTIFICATE-----
        """

    static let contract = """
        {"type": "object", "properties": {"median_rent": {"type": "number", "maximum": 1e400}}}
        """

    static let recipe = """
        recipe: commute-report
        title: "Rent and commute for ${ .input.office }"
        about: What it costs
        input: { type: object, required: [office], properties: { office: { type: string } } }
        steps:
          - name: geocode
            title: Find the office
            call: geocoder.search
            with: { query: { q: "${ .input.office }" } }
          - name: rents
            for_each: "${ .steps.geocode.areas }"
            label: "${ .item.name }"
            concurrency: 4
            call: rents.search
            with: { path: { area: "${ .item.id }" } }
          - name: ranking
            transform: |
              .steps.rents | {areas: .}
          - name: table
            table: { file: areas.csv, rows: "${ .steps.ranking.areas }", columns: { name: Name, rent: "Rent, EUR" } }
          - name: report
            render: { template: templates/report.html, file: report.pdf, data: "${ .steps.ranking }" }
          - name: pause
            wait: 5s
          - name: watch
            when: "${ .input.watch }"
            call: rents.create-watch
            with: { body: { area: "${ .steps.ranking.areas[0].id }" } }
        result: "${ {office: .input.office, areas: .steps.ranking.areas} }"
        """
}
