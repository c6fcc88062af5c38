import { EnvHttpProxyAgent, fetch, type Response } from 'undici';
import { ProblemError } from '../../core/model/problem';

/** No answer, or no more bytes, for this long is a failure: milliseconds. */
const PATIENCE = 30_000;

/** Gets addresses; follows redirects; keeps connections until closed. */
export interface HttpClient {
  /**
   * @param headers sent along
   * @throws ProblemError `network` when there is no answer
   */
  get(url: string, headers?: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<Response>;
  close(): Promise<void>;
}

/**
 * A client that goes through the proxy that `HTTP_PROXY`, `HTTPS_PROXY`, or for both `ALL_PROXY` names, except for what
 * `NO_PROXY` lists (each in either case), as curl does.
 *
 * @throws ProblemError `proxy-unusable`
 */
export function openHttpClient(env: Readonly<Record<string, string | undefined>>): HttpClient {
  const proxy = (name: string) => proxyAddress(name, env) ?? proxyAddress('ALL_PROXY', env);
  const [http, https] = [proxy('HTTP_PROXY'), proxy('HTTPS_PROXY')];
  const except = env['no_proxy'] || env['NO_PROXY'];
  const dispatcher = new EnvHttpProxyAgent({
    ...(http ? { httpProxy: http } : {}),
    ...(https ? { httpsProxy: https } : {}),
    ...(except ? { noProxy: except } : {}),
    headersTimeout: PATIENCE,
    bodyTimeout: PATIENCE,
    connect: { timeout: PATIENCE },
  });
  return {
    async get(url, headers = {}, signal) {
      try {
        // Identity: the file is compressed already, and a range of it must be a range of these bytes.
        const all = { 'accept-encoding': 'identity', 'user-agent': 'lockstep', ...headers };
        return await fetch(url, { dispatcher, headers: all, ...(signal === undefined ? {} : { signal }) });
      } catch (error) {
        throw networkProblem(url, error);
      }
    },
    close: () => dispatcher.destroy(),
  };
}

/** The proxy that a variable names; without a scheme, as in `proxy:3128`, it is one of HTTP. */
function proxyAddress(name: string, env: Readonly<Record<string, string | undefined>>): string | undefined {
  const given = env[name.toLowerCase()] || env[name];
  if (!given) {
    return undefined;
  }
  const address = given.includes('://') ? given : `http://${given}`;
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    throw new ProblemError({
      code: 'proxy-unusable',
      message: `${name} names no proxy that can be used.`,
      // Its value may have a password.
      hint: `Set it to the address of an HTTP proxy, such as http://proxy.example.org:3128, or unset it.`,
    });
  }
  return address;
}

/**
 * The body of an answer as text.
 *
 * @param limit bytes; more is a failure
 * @throws ProblemError `network`, `answer-too-large`
 */
export async function readText(answer: Response, url: string, limit = 1_000_000): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    for await (const chunk of answer.body ?? []) {
      bytes += (chunk as Uint8Array).length;
      if (bytes > limit) {
        break;
      }
      text += decoder.decode(chunk as Uint8Array, { stream: true });
    }
  } catch (error) {
    throw networkProblem(url, error);
  }
  if (bytes > limit) {
    throw new ProblemError({
      code: 'answer-too-large',
      message: `${new URL(url).host} answers with more than can be right.`,
      hint: 'Check the address; if it is right, a proxy on the way may answer for the server.',
      detail: `${url}: more than ${limit} bytes`,
    });
  }
  return text + decoder.decode();
}

/** The problem for a failure while talking to a server; the cause that `fetch` wraps is what tells. */
export function networkProblem(url: string, error: unknown): ProblemError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return new ProblemError(
    {
      code: 'network',
      message: `${new URL(url).host} cannot be reached, or stopped answering.`,
      hint: 'Check the network and the proxy (HTTPS_PROXY), then run the same again: it goes on where it stopped.',
      detail: `${url}: ${cause instanceof Error ? cause.message || cause.name : String(cause)}`,
    },
    { cause: error },
  );
}
