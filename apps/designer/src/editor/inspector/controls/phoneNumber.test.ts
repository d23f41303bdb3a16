import { expect, it } from 'vitest';
import { readNumber } from './phoneNumber.js';

it.each([
  ['+370 600 00000', 'en-GB', '+37060000000', 'Lithuania'],
  ['0049 30 123456', 'en-GB', '+4930123456', 'Germany'],
  ['(212) 736-5000', 'en-US', '+12127365000', 'United States'],
  ['030 / 12 34 56', 'de-DE', '+4930123456', 'Deutschland'],
])('%s in %s is %s', async (text, locale, e164, country) => {
  expect(await readNumber(text, locale)).toMatchObject({ e164, country });
});

it.each(['1000', '123456', 'phone:sales', '{{ vars.number }}', '+1 000', ''])('%j stays as it is', async (text) => {
  expect(await readNumber(text, 'de-DE')).toBeNull();
});
