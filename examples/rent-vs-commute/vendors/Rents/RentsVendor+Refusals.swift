import Foundation

extension RentsVendor {
    func unauthorised() -> Reply {
        let detail = "introspection at https://idp-1.rents.internal/oauth2/introspect says active=false"
        return .json(
            401, Failure(error: "invalid_token", detail: detail, host: "edge-lb-2.rents.internal"),
            headers: [("WWW-Authenticate", #"Bearer realm="rents", error="invalid_token""#)])
    }

    func unknownRoute(_ question: Question) -> Reply {
        .json(404, Failure(error: "NO_ROUTE", detail: "DispatcherServlet: no mapping", host: "api-4.rents.internal"))
    }

    func tooMany(_ question: Question, wait: Int, now: Date) -> Reply {
        let detail = "quota group eu-shared-2 exhausted (redis-rl-2.internal, lua rl_take.lua:31)"
        return .json(
            429, Failure(error: "TOO_MANY_REQUESTS", detail: detail, host: "edge-lb-2.rents.internal"),
            headers: [("Retry-After", String(wait))], delay: 0.03)
    }

    func unavailable(_ question: Question, number: Int) -> Reply {
        let detail = """
            java.sql.SQLTransientConnectionException: HikariPool-1 - Connection is not available, request timed out \
            after 250ms. at com.zaxxer.hikari.pool.HikariPool.createTimeoutException(HikariPool.java:696) \
            at internal.rents.RentRepository.find(RentRepository.java:142) \
            [SELECT median_net_cold FROM rents_2023 WHERE area_id = $1] jdbc:postgresql://db-eu-3.internal:5432/rents
            """
        return .json(
            503, Failure(error: "INTERNAL", detail: detail, host: "db-eu-3.internal:5432"), delay: 0.25)
    }
}
