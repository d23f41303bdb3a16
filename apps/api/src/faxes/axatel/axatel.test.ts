import { writeTiff } from '@callwright/fax';
import { chart } from '@callwright/fax-terminal/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer } from '../../testing/test-server.js';
import type { Visitor } from '../../testing/visitor.js';

let server: TestServer;
let admin: Visitor;
let token: string;
const nobody = () => server.visitor();
const path = (rest = '') => `/api/token/v1/${token}${rest}`;

beforeAll(async () => {
  server = await TestServer.start();
  admin = await server.admin();
  token = (await admin.post('/api/tokens', { name: 'axatel', role: 'operator', scopes: ['faxes'] })).body.token;
});
afterAll(() => server.stop());

const upload = (name: string, content: Uint8Array | string) => {
  const data = new FormData();
  data.append('file', new Blob([content]), name);
  return nobody().post(path('/files/upload'), data);
};

describe('the API of Axatel', () => {
  it('takes, lists, gives and removes files, in its own words', async () => {
    expect((await upload('002.mp3', 'sound')).body).toEqual({
      resultcode: 0,
      resultmsg: 'OK',
      data: { upload: [{ name: '002.mp3', res: 'ok' }] },
    });
    await upload('205-a10-02.zip', 'packed');
    expect((await nobody().get(path('/files/list'))).body).toEqual({
      resultcode: 0,
      resultmsg: 'OK',
      data: { files: [{ file: { name: '002.mp3' } }, { file: { name: '205-a10-02.zip' } }] },
    });
    const file = await nobody().get(path('/files/download?file=002.mp3'));
    expect([file.status, file.text, file.headers.get('content-disposition')]).toEqual([
      200,
      'sound',
      expect.stringContaining('filename="download"'),
    ]);
    expect((await nobody().get(path('/files/delete?file=002.mp3'))).body).toEqual({ resultcode: 0, resultmsg: 'OK' });
    expect((await nobody().get(path('/files/delete?file=002.mp3'))).body).toMatchObject({
      resultmsg: 'файл не найден',
    });
    expect((await nobody().get(path(`/files/download?file=${encodeURIComponent('../../secret.key')}`))).status).toBe(
      404,
    );
  });

  it('sends a fax, and says so as ever', async () => {
    await upload('123123.tif', writeTiff([chart(1)]));
    const order = {
      action: 'sendfax',
      recipient: 375291554499,
      voiceDocumentSID: '002.mp3',
      terminalId: 301,
      attachment: '123123.tif',
    };
    expect((await nobody().post(path(), order)).body).toEqual({
      sip_code: '200',
      success: 'true',
      error: 'null',
      status: 'sent',
    });
    expect((await nobody().post(path(), { ...order, attachment: 'none.tif' })).body).toMatchObject({
      success: 'false',
      error: 'файл не найден',
    });
    expect((await nobody().post(path(), { ...order, recipient: 'abc' })).body).toMatchObject({
      success: 'false',
      error: 'номер не соответствует маске',
    });
    const [fax] = (await admin.get('/api/faxes')).body.items;
    expect(fax).toMatchObject({ to: '+375291554499', from: '301', totalPages: 1 });
  });

  it('refuses the missing comma of its own manual with a clear 400', async () => {
    const slip =
      '{\n "action":"sendfax",\n "recipient": 375291554499,\n "voiceDocumentSID":"002.mp3"\n "terminalId": 301\n "attachment":"123123.tif"\n }';
    const reply = await nobody().with({ 'content-type': 'application/json' }).post(path(), slip);
    expect(reply.status).toBe(400);
    expect(JSON.stringify(reply.body)).toMatch(/JSON/i);
  });

  it('tells the history, with the fields and the time that are asked for', async () => {
    const ask = (more: object) => nobody().post(path(), { action: 'history', type: 'outgoing', ...more });
    const { data } = (await ask({ from_dt: '2020-12-16 20:00', till_dt: '2099-12-20 23:30', fields: '*' })).body;
    expect(data).toEqual([
      {
        id: expect.any(String),
        type: 'outgoing',
        remotenum: '375291554499',
        start_dt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d$/),
        stop_dt: null,
        result: expect.stringMatching(/^(dialing|failed)$/),
        url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api\/faxes\//),
      },
    ]);
    expect(Object.keys((await ask({ fields: 'result, id' })).body.data[0])).toEqual(['id', 'result']);
    expect((await ask({ till_dt: '2020-12-20' })).body).toEqual({ data: [] });
    expect((await nobody().post(path(), { action: 'fax_history', type: 'incoming' })).body).toEqual({ data: [] });
    expect((await ask({ fields: 'price' })).status).toBe(400);
    expect((await ask({ from_dt: 'yesterday' })).status).toBe(400);
  });

  it('is prepared, or emptied, by an administrator alone', async () => {
    const init = { action: 'init_fax', domain: 'domain.a1.axatel.by', drop: 'true' };
    expect((await nobody().post(path(), init)).status).toBe(403);
    const key = (await admin.post('/api/tokens', { name: 'chief', role: 'admin' })).body.token;
    expect((await nobody().post(`/api/token/v1/${key}`, init)).body).toEqual({ received: true });
  });

  it('knows nobody by a wrong token, or one for something else', async () => {
    expect((await nobody().get('/api/token/v1/cwt_wrong/files/list')).status).toBe(401);
    const other = (await admin.post('/api/tokens', { name: 'other', role: 'admin', scopes: ['calls'] })).body.token;
    expect((await nobody().get(`/api/token/v1/${other}/files/list`)).body).toMatchObject({ resultcode: 403 });
    expect((await nobody().post('/api/token/v1/cwt_wrong', { action: 'x' })).status).toBe(401);
  });
});
