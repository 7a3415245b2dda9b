import { describe, expect, it } from 'vitest';
import { toPlainText, toStem, toWords } from './words.ts';

describe('toWords', () => {
  it.each([
    ['paymentIntents', ['payment', 'intents']],
    ['get_files_id#add-link', ['get', 'files', 'id', 'add', 'link']],
    ['HTTPServer2Go', ['http', 'server2', 'go']],
    ['Straße über 日本', ['straße', 'über', '日本']],
    ['', []],
  ])('splits %j', (text, words) => {
    expect(toWords(text)).toEqual(words);
  });
});

describe('toPlainText', () => {
  it('drops tags, targets of links and entities', () => {
    const markup =
      '<p>Creates an <a href="/docs/x">order</a>&nbsp;as [written](https://shop.example/spec).</p>';
    expect(toWords(toPlainText(markup, 200))).toEqual(['creates', 'an', 'order', 'as', 'written']);
  });

  it('drops the s of a possessive', () => {
    expect(toWords(toPlainText('the customer’s order', 200))).toEqual(['the', 'customer', 'order']);
  });

  it('reads no more than it needs', () => {
    expect(toPlainText('x'.repeat(1_000), 10)).toBe('x'.repeat(10));
  });
});

describe('toStem', () => {
  it.each([
    ['repository', 'repositories'],
    ['cancel', 'cancelled'],
    ['create', 'creation'],
    ['create', 'creating'],
    ['notify', 'notification'],
    ['organize', 'organization'],
    ['organization', 'organisations'],
    ['assign', 'assignee'],
    ['cancel', 'cancellation'],
    ['authorize', 'authorised'],
    ['analyze', 'analysing'],
    ['color', 'colours'],
    ['center', 'centre'],
    ['catalog', 'catalogues'],
    ['license', 'licences'],
    ['program', 'programmes'],
    ['fulfillment', 'fulfilment'],
    ['box', 'boxes'],
    ['address', 'addresses'],
  ])('takes %s and %s for one word', (first, second) => {
    expect(toStem(second)).toBe(toStem(first));
  });

  it.each([
    ['status', 'statu'],
    ['ring', 'r'],
    ['red', 'r'],
    ['is', 'i'],
    ['hour', 'hor'],
    ['house', 'houz'],
  ])('leaves %s whole', (word, torn) => {
    expect(toStem(word)).not.toBe(torn);
  });
});
