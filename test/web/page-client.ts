/** What came back, as far as a person at a browser would notice. */
export interface PageAnswer {
  readonly status: number;
  readonly location: string | null;
  readonly html: string;
  readonly headers: Headers;
}

type Fields = Readonly<Record<string, string>>;

/** A browser without a screen: keeps cookies, says where its requests come from, and follows redirects only when told. */
export class PageClient {
  readonly cookies = new Map<string, string>();

  constructor(readonly origin: string) {}

  get(path: string): Promise<PageAnswer> {
    return this.send(path, {});
  }

  /** Sends a form as a page of ours would: with the `_csrf` of the page it stands on, if there is one. */
  async post(path: string, fields: Fields | URLSearchParams, headers: Fields = { 'sec-fetch-site': 'same-origin' }): Promise<PageAnswer> {
    const body = new URLSearchParams(fields);
    const csrf = await this.csrf();
    if (csrf !== undefined && !body.has('_csrf')) body.set('_csrf', csrf);
    return this.send(path, { method: 'POST', body, headers });
  }

  /** Posts, then opens the page that the answer leads to. */
  async postAndFollow(path: string, fields: Fields): Promise<PageAnswer> {
    const { status, location } = await this.post(path, fields);
    if (status !== 303 || location === null) throw new Error(`${path} answered ${status} instead of leading on`);
    return this.get(location);
  }

  async signIn({ email, password }: { readonly email: string; readonly password: string }): Promise<PageAnswer> {
    return this.post('/sign-in', { email, password });
  }

  /** Of a page that everybody may see. */
  private async csrf(): Promise<string | undefined> {
    return /name="_csrf" value="([\w-]+)"/.exec((await this.get('/policy')).html)?.[1];
  }

  private async send(path: string, init: RequestInit): Promise<PageAnswer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { accept: 'text/html', ...(cookie === '' ? {} : { cookie }), ...(init.headers as Fields | undefined) };
    const response = await fetch(new URL(path, this.origin), { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    return { status: response.status, location: response.headers.get('location'), html: await response.text(), headers: response.headers };
  }

  private keep(line: string): void {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
    if (/max-age=0/i.test(line)) this.cookies.delete(name!);
    else this.cookies.set(name!, value!);
  }
}
