/// A project that uses every key there is.
enum Sample {
    static let files = [
        "footing.yaml": footing, "providers/rents.yaml": rents, "providers/geocoder.yaml": geocoder,
        "providers/transit.yaml": transit, "providers/bank.yaml": bank, "recipes/commute.yaml": recipe,
        "contracts/rent.json": contract, "contracts/area.yaml": "type: object\n",
        "templates/report.html": "<h1>{{title}}</h1>\n",
    ]

    static let footing = """
        project: rent-vs-commute
        environment: sandbox
        listen: 127.0.0.1:8787
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
        limits: { rate: 10/1s, burst: 20, concurrency: 4 }
        timeouts: { connect: 2s, total: 15s }
        retries: { attempts: 5, base: 200ms, max: 5s, statuses: [429, 503] }
        breaker: { failures: 0.25, minimum: 4, window: 1m, open: 10s }
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
            timeout: 10s
            retry_statuses: [503]
            request:
              query: { type: object, properties: { q: { type: string, default: "1" }, deep: { const: no } } }
              path: { type: object, properties: { area: { type: string } }, required: [area] }
              body: true
            response: contracts/rent.json
            drift: record
            model: { rent: "$.median_rent", name: "$.area.name" }
            cost: 0.002 USD
            example: { path: { area: mitte }, query: {}, headers: {}, body: null }
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
