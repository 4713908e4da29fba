import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy } from "./lib/security/content-security-policy.ts";
import { isTrustedHost } from "./lib/security/is-trusted-host.ts";

/** Gives every page a policy with a nonce of its own, and answers only to names that this dashboard goes by. */
export const proxy = (request: NextRequest): NextResponse => {
  if (!isTrustedHost(request.headers.get("host"), process.env.HEADROOM_DASHBOARD_HOSTS)) {
    return new NextResponse("This server does not answer to that host name.\n", { status: 421 });
  }
  const policy = contentSecurityPolicy({ nonce: btoa(crypto.randomUUID()), development: process.env.NODE_ENV === "development" });
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("referrer-policy", "same-origin");
  return response;
};

export const config = { matcher: "/((?!_next/static/|icon.svg).*)" };
