import { SESSION_COOKIE } from '../../src/access/session-token.js';
import { SentForm, unescape } from './sent-form.js';

/** A browser's window without a browser: pages are asked for and forms sent as one would, redirects are followed. */
export class WebVisitor {
  status = 0;
  html = '';
  path = '';
  forms: readonly SentForm[] = [];

  /**
   * @param token of a session; without one nobody is signed in
   * @param trail gets every address that is asked for and all headers of its answer: what a browser's history keeps, or a proxy's log
   */
  constructor(
    readonly url: string,
    private readonly token?: string,
    private readonly trail: string[] = [],
  ) {}

  async open(path: string): Promise<this> {
    return this.take(path, await this.ask(path));
  }

  /** Presses a button of a form of this page. */
  async press(form: SentForm, button = 0): Promise<this> {
    return this.send(form.action, form.body(button));
  }

  /** @param headers in place of those that a browser sends from our own page */
  async send(path: string, body: URLSearchParams, headers: Readonly<Record<string, string>> = { origin: this.url }): Promise<this> {
    return this.take(path, await this.ask(path, { method: 'POST', body, headers: { ...headers } }));
  }

  /** Follows the link with this text. */
  async follow(text: string): Promise<this> {
    const links = [...this.html.matchAll(/<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)<\/a>/gs)];
    const link = links.find(([, , inside = '']) => unescape(inside.replace(/<[^>]*>/g, '')).trim() === text);
    if (!link) throw new Error('there is no such link on this page');
    return this.open(unescape(link[1]!));
  }

  /** The only form of the page. */
  get form(): SentForm {
    const [form, ...others] = this.forms;
    if (!form || others.length > 0) throw new Error(`${this.forms.length} forms on a page that answered ${this.status}`);
    return form;
  }

  private ask(path: string, { headers = {}, ...rest }: { method?: string; body?: URLSearchParams; headers?: Record<string, string> } = {}) {
    const cookie = this.token === undefined ? {} : { cookie: `${SESSION_COOKIE}=${this.token}` };
    return fetch(this.url + path, { ...rest, redirect: 'manual', headers: { accept: 'text/html', ...cookie, ...headers } });
  }

  private async take(path: string, response: Response): Promise<this> {
    this.trail.push(JSON.stringify([path, ...response.headers]));
    const to = response.headers.get('location');
    if (response.status === 303 && to !== null) return this.open(to);
    [this.status, this.path, this.html] = [response.status, path, await response.text()];
    this.forms = SentForm.allIn(this.html);
    return this;
  }
}
