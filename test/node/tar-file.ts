/** What a test puts into an archive. */
export interface Member {
  readonly name: string;
  readonly type?: '0' | '1' | '2' | '3' | '5' | 'L' | 'S' | 'x';
  readonly content?: string | Buffer;
  readonly link?: string;
  readonly mode?: number;
}

/** A ustar archive. */
export function tar(members: readonly Member[]): Buffer {
  return Buffer.concat([...members.map(member), Buffer.alloc(1024)]);
}

function member({ name, type = '0', content = '', link = '', mode = 0o755 }: Member): Buffer {
  const body = Buffer.from(content);
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write(`${mode.toString(8).padStart(7, '0')}\0`, 100);
  header.write(`${body.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write(type, 156);
  header.write(link, 157, 100);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
}

/** A pax record: `27 path=…\n`, its own length counted. */
export function pax(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = rest.length + 1;
  while (`${length}${rest}`.length !== length) {
    length = `${length}${rest}`.length;
  }
  return `${length}${rest}`;
}
