/** HTML as our pages have it: every attribute in double quotes, every text escaped. */
const TAG = /<(\/?)(form|input|select|option|textarea|button)\b((?:[^>"]|"[^"]*")*)>/g;
const ENTITIES: Readonly<Record<string, string>> = { '&quot;': '"', '&amp;': '&', '&lt;': '<', '&gt;': '>', '&#39;': "'" };

interface Control {
  /** What is sent if nobody touches it; undefined for radio buttons of which none is chosen and boxes that are not ticked. */
  value: string | undefined;
  /** The values there are to choose from; undefined where one types. */
  readonly choices?: string[];
}

/** A form that was served, filled in and sent as a browser does (HTML Standard, 4.10.21.4 "constructing the entry list"). */
export class SentForm {
  private readonly controls = new Map<string, Control>();
  private readonly buttons: (readonly [string, string] | undefined)[] = [];

  private constructor(readonly action: string) {}

  /** The forms of a page that post into `main`, in their order. */
  static allIn(html: string): readonly SentForm[] {
    const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
    return main.split(/(?=<form\b)/).slice(1).map(read);
  }

  get names(): readonly string[] {
    return [...this.controls.keys()];
  }

  valueOf(name: string): string | undefined {
    return this.controls.get(name)?.value;
  }

  /** Types into a control or chooses in it. @throws Error if a person could not */
  fill(name: string, value: string): void {
    const control = this.controls.get(name);
    if (!control) throw new Error(`no control ${name} on this page`);
    if (control.choices && !control.choices.includes(value)) throw new Error(`${name} offers no such choice`);
    control.value = value;
  }

  /** @param button which of the form's buttons is pressed */
  body(button = 0): URLSearchParams {
    if (button >= this.buttons.length) throw new Error('there is no such button');
    const entries = [...this.controls].flatMap(([name, { value }]) => (value === undefined ? [] : [[name, value]]));
    const pressed = this.buttons[button];
    return new URLSearchParams(pressed ? [...entries, [...pressed]] : entries);
  }

  static open(action: string): SentForm {
    return new SentForm(action);
  }

  add(tag: string, attributes: ReadonlyMap<string, string>, text: string): void {
    const name = attributes.get('name') ?? '';
    const value = attributes.get('value') ?? '';
    const type = attributes.get('type');
    if (tag === 'button') this.buttons.push(name === '' ? undefined : [name, value]);
    else if (tag === 'select') this.controls.set(name, { value: undefined, choices: [] });
    else if (tag === 'textarea') this.controls.set(name, { value: text.replace(/^\n/, '') });
    else if (type === 'radio' || type === 'checkbox') this.choice(name, value, attributes.has('checked'));
    else this.controls.set(name, { value });
  }

  choice(name: string, value: string, isChosen: boolean): void {
    const control = this.controls.get(name) ?? { value: undefined, choices: [] };
    this.controls.set(name, control);
    control.choices?.push(value);
    if (isChosen) control.value = value;
  }
}

function read(html: string): SentForm {
  const form = SentForm.open(attributesOf(/^<form\b((?:[^>"]|"[^"]*")*)>/.exec(html)?.[1] ?? '').get('action') ?? '');
  let select = '';
  for (const { 1: closing, 2: tag = '', 3: inside = '', index, 0: whole } of html.slice(0, html.indexOf('</form>')).matchAll(TAG)) {
    if (closing === '/' || tag === 'form') continue;
    const attributes = attributesOf(inside);
    if (tag === 'select') select = attributes.get('name') ?? '';
    if (tag === 'option') form.choice(select, attributes.get('value') ?? '', attributes.has('selected'));
    else form.add(tag, attributes, unescape(html.slice(index + whole.length, html.indexOf('</', index))));
  }
  return form;
}

function attributesOf(inside: string): ReadonlyMap<string, string> {
  return new Map([...inside.matchAll(/([a-z-]+)(?:="([^"]*)")?/gi)].map(([, name = '', value = '']) => [name, unescape(value)]));
}

export function unescape(text: string): string {
  return text.replace(/&(?:quot|amp|lt|gt|#39);/g, (entity) => ENTITIES[entity]!);
}
