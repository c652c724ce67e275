import Wire

/// Which fields cross from one side to the other, beside those of the connection, which never reach this far.
extension FieldList {
    /// Leaves out what is between the caller and us: cookies, where the caller comes from, our own fields.
    mutating func keepEndToEnd() {
        keep { name in
            switch name.count {
            case 6: !FieldList.equals(name, "cookie") && !FieldList.equals(name, "origin")
            case 7: !FieldList.equals(name, "referer")
            case 9: !FieldList.equals(name, "forwarded") && !FieldList.equals(name, "x-real-ip")
            case 15:
                !FieldList.equals(name, "idempotency-key") && !FieldList.equals(name, "x-forwarded-for")
                    && !Self.isOurs(name)
            case 16, 17, 18: !FieldList.hasPrefix(name, "x-forwarded-") && !Self.isOurs(name)
            default: !Self.isOurs(name)
            }
        }
    }

    /// Leaves out what a provider says to a browser that believes to be on the provider's own site, and what we say ourselves.
    mutating func keepHarmless() {
        keep { name in
            switch name.count {
            case 3: !FieldList.equals(name, "nel")
            case 6: !FieldList.equals(name, "server")
            case 7: !FieldList.equals(name, "alt-svc") && !FieldList.equals(name, "refresh")
            case 9: !FieldList.equals(name, "report-to") && !FieldList.equals(name, "ratelimit")
            case 10: !FieldList.equals(name, "set-cookie")
            case 12: !FieldList.equals(name, "x-powered-by") && !FieldList.equals(name, "x-request-id")
            case 15:
                !FieldList.equals(name, "clear-site-data") && !FieldList.equals(name, "x-frame-options")
                    && !FieldList.equals(name, "referrer-policy") && !Self.isOurs(name)
                    && !FieldList.equals(name, "public-key-pins")
            case 16:
                !FieldList.equals(name, "www-authenticate") && !FieldList.equals(name, "ratelimit-policy")
                    && !FieldList.equals(name, "x-xss-protection") && !Self.isOurs(name)
            case 18: !FieldList.equals(name, "permissions-policy") && !Self.isOurs(name)
            case 22:
                !FieldList.equals(name, "x-content-type-options") && !FieldList.equals(name, "service-worker-allowed")
                    && !FieldList.hasPrefix(name, "access-control-")
            case 23...40:
                !FieldList.hasPrefix(name, "access-control-") && !FieldList.hasPrefix(name, "content-security-policy")
                    && !FieldList.equals(name, "strict-transport-security")
                    && !FieldList.hasPrefix(name, "cross-origin-")
                    && !Self.isOurs(name)
            default: !Self.isOurs(name)
            }
        }
    }

    private static func isOurs(_ name: UnsafeRawBufferPointer) -> Bool {
        FieldList.hasPrefix(name, "x-footing-")
    }
}
