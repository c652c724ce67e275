/// Certificates for tests, good for a hundred years; the keys protect nothing.
enum TLSSamples {
    /// Signs `server` and `client`.
    static let authority = """
        -----BEGIN CERTIFICATE-----
        MIIBmjCCAT+gAwIBAgIUDtzR3xQ+MsCk25CJPmO7QpXSiBswCgYIKoZIzj0EAwIw
        ITEfMB0GA1UEAwwWRm9vdGluZyB0ZXN0IGF1dGhvcml0eTAgFw0yNjExMjUwMzE4
        MDNaGA8yMTI2MTEwMTAzMTgwM1owITEfMB0GA1UEAwwWRm9vdGluZyB0ZXN0IGF1
        dGhvcml0eTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABGNIBS2ZwpUa1+mRxEFS
        Zv7cs7g1vIgziWmI/KAlaWipuHmE9+1ZaSeabCGWjtzJKvyA83FCYdGzl1868sbw
        tyujUzBRMB0GA1UdDgQWBBStZvI2GuOrqDBrwYwSIJZLQJxRijAfBgNVHSMEGDAW
        gBStZvI2GuOrqDBrwYwSIJZLQJxRijAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49
        BAMCA0kAMEYCIQDuYu+gg/IVGXCSubMx4auCAq8I2aRzL7AlwDzJPy9WgAIhAMJY
        SFoOm6RTw+X2gpsEQR7asZT1qJREJKD3inm3WIgL
        -----END CERTIFICATE-----
        """

    /// Signs neither.
    static let otherAuthority = """
        -----BEGIN CERTIFICATE-----
        MIIBmTCCAT+gAwIBAgIUBQUO7ga6XzJERNHJcKXnL12E4FMwCgYIKoZIzj0EAwIw
        ITEfMB0GA1UEAwwWQW5vdGhlciB0ZXN0IGF1dGhvcml0eTAgFw0yNjExMjUwMzE4
        MDNaGA8yMTI2MTEwMTAzMTgwM1owITEfMB0GA1UEAwwWQW5vdGhlciB0ZXN0IGF1
        dGhvcml0eTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHcrEr2D5s/V11DljKSo
        SIqSkNO3tBofYvfl9KZ+p/P7UDhNZU6KiouOfNAKYqgrkU3B6K8jQBFPdATgQWA+
        7E+jUzBRMB0GA1UdDgQWBBT03cAikdfaFfQsTOcjfUcxyavA+zAfBgNVHSMEGDAW
        gBT03cAikdfaFfQsTOcjfUcxyavA+zAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49
        BAMCA0gAMEUCIQCoNKuYRKNdhtMr9z6X1EyTrvMyt9GopYC5wccCRlrxWAIgAvN+
        gzaEznpghi+BC4+gJo/A+aKKXSTyZgQBEWSD2Hk=
        -----END CERTIFICATE-----
        """

    /// For `api.example.com`.
    static let server = """
        -----BEGIN CERTIFICATE-----
        MIIBnjCCAUOgAwIBAgIUTcGyAIvtb0bm5e4WUl4O/knkiXQwCgYIKoZIzj0EAwIw
        ITEfMB0GA1UEAwwWRm9vdGluZyB0ZXN0IGF1dGhvcml0eTAgFw0yNjExMjUwMzE4
        MDVaGA8yMTI2MTEwMTAzMTgwNVowGjEYMBYGA1UEAwwPYXBpLmV4YW1wbGUuY29t
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEFiLXjtXfNacim03sk8+3RufdtiRp
        QjWtTp+gIpqdZCJPmLs0WKPkidQ5/+agjLrEe5tV2zvUQJjaQDUqdOlghaNeMFww
        GgYDVR0RBBMwEYIPYXBpLmV4YW1wbGUuY29tMB0GA1UdDgQWBBRmeFJcSfhqFOZv
        zSuUgAN0sig6HDAfBgNVHSMEGDAWgBStZvI2GuOrqDBrwYwSIJZLQJxRijAKBggq
        hkjOPQQDAgNJADBGAiEAk1JSPUdBPmj1MNgPWV0LmlG8q7AO3LC7APRQOnHeNzgC
        IQDXP56UUFTTBdeNZ6jBKTZo3ghlo9N1BiMHskVM2e2XJg==
        -----END CERTIFICATE-----
        """

    static let serverKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgAfRG0D9QaJHgwPjw
        o/Lgj1bk+dboHmc/jiWxBs5uGTuhRANCAAQWIteO1d81pyKbTeyTz7dG5922JGlC
        Na1On6Aimp1kIk+YuzRYo+SJ1Dn/5qCMusR7m1XbO9RAmNpANSp06WCF
        -----END PRIVATE KEY-----
        """

    static let client = """
        -----BEGIN CERTIFICATE-----
        MIIBmzCCAUCgAwIBAgIUTcGyAIvtb0bm5e4WUl4O/knkiXUwCgYIKoZIzj0EAwIw
        ITEfMB0GA1UEAwwWRm9vdGluZyB0ZXN0IGF1dGhvcml0eTAgFw0yNjExMjUwMzE4
        MDZaGA8yMTI2MTEwMTAzMTgwNlowHjEcMBoGA1UEAwwTRm9vdGluZyB0ZXN0IGNs
        aWVudDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABJf/n3mI8cJjePOCZj060u3Z
        Gf0IPxOg7Q+TOTJ/LrPGLfS1X70eOPOCZdSCKpwvuc0vEq3EyeT/pgkhUFTiwFej
        VzBVMBMGA1UdJQQMMAoGCCsGAQUFBwMCMB0GA1UdDgQWBBRV+uEd1QwHBCRju0hs
        3gUsWf4PhjAfBgNVHSMEGDAWgBStZvI2GuOrqDBrwYwSIJZLQJxRijAKBggqhkjO
        PQQDAgNJADBGAiEA6QeQGta1SmcF9oVmQP+Mj2Q84rV8lpp01bFTO+cdypACIQCt
        Gt8O7e/mEG9VQa/7K+5NGJJ36NhN9KvV9QOoptG4Ug==
        -----END CERTIFICATE-----
        """

    static let clientKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQglIofD7tjwNUYPcbj
        b+GUrZOmkKa58rX94CpE5JnPetihRANCAASX/595iPHCY3jzgmY9OtLt2Rn9CD8T
        oO0Pkzkyfy6zxi30tV+9HjjzgmXUgiqcL7nNLxKtxMnk/6YJIVBU4sBX
        -----END PRIVATE KEY-----
        """
}
