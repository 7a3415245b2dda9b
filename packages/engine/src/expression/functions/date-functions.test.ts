import { describe, expect, it } from 'vitest';
import { errorOfText, evaluateText } from '../../../test/evaluate-text.ts';

describe('dates', () => {
  it.each([
    ['date_add("2026-01-31", "1d")', '2026-02-01T00:00:00.000Z'],
    ['date_add("2024-02-28", "1d")', '2024-02-29T00:00:00.000Z'],
    ['date_add("2026-01-31T10:00:00Z", "1m30s")', '2026-01-31T10:01:30.000Z'],
    ['date_add("2026-01-31T10:00:00+02:00", 0)', '2026-01-31T08:00:00.000Z'],
    ['date_add("2026-01-31T10:00-0530", 0)', '2026-01-31T15:30:00.000Z'],
    ['date_add("2026-01-31T10:00:00.5", 0)', '2026-01-31T10:00:00.500Z'],
    ['date_add("2026-01-31T10:00:00.123456789Z", 0)', '2026-01-31T10:00:00.123Z'],
    ['date_add("2026-01-31 10:00", 90)', '2026-01-31T10:01:30.000Z'],
    ['date_add("2026-01-31", "-500ms")', '2026-01-30T23:59:59.500Z'],
    ['date_add("2026-01-31", -1)', '2026-01-30T23:59:59.000Z'],
    ['date_format("2026-01-05T03:04:06.007Z", "YY-M-D H:mm:ss.SSS")', '26-1-5 3:04:06.007'],
    ['date_format("2026-01-05T23:30:00Z", "YYYY-MM-DDTHH:mmZ", "Asia/Kolkata")', '2026-01-06T05:00+05:30'],
    ['date_format("2026-03-29T00:59:59.5Z", "HH:mm:ss.SSS Z", "Europe/Berlin")', '01:59:59.500 +01:00'],
    ['date_format("2026-03-29T01:00:00Z", "HH:mm Z", "Europe/Berlin")', '03:00 +02:00'],
    ['date_format("2026-01-01", "HH Z", "Europe/London")', '00 Z'],
    ['date_format("1969-12-31T23:59:59.250Z", "ss.SSS X", "America/New_York")', '59.250 -1'],
    ['date_format("2026-01-01", "[YYYY] YYYY []")', 'YYYY 2026 '],
    ['date_format("2026-01-01", "")', ''],
  ])('%s', (text, value) => {
    expect(evaluateText(text)).toEqual(value);
  });

  it.each([
    ['date_add("2026-02-30", "1d")', 'argument "date" of date_add() is no date'],
    ['date_add("2026-13-01", "1d")', 'is no date'],
    ['date_add("2026-1-1", "1d")', 'is no date'],
    ['date_add("31.01.2026", "1d")', 'is no date'],
    ['date_add("2026-01-01T24:00:00Z", "1d")', 'is no date'],
    ['date_add("2026-01-01T10:00:00+99:00", "1d")', 'is no date'],
    ['date_add("2026-01-01T", "1d")', 'is no date'],
    ['date_add("2026-01-01 ", "1d")', 'is no date'],
    ['date_add("", "1d")', 'is no date'],
    ['date_add(1700000000, "1d")', 'must be a string, not a number'],
    ['date_add("2026-01-01", "soon")', 'argument "duration" of date_add() is no duration'],
    ['date_add("2026-01-01", "--1d")', 'is no duration'],
    ['date_add("2026-01-01", null)', 'must be a duration such as "1d", not null'],
    ['date_add("2026-01-01", "9999999d")', 'leads out of the years'],
    ['date_add("2026-01-01", "-9999999d")', 'leads out of the years'],
    ['date_format("today", "YYYY")', 'argument "date" of date_format() is no date'],
    ['date_format("2026-01-01", "YYY")', 'unknown token "YYY"'],
    ['date_format("2026-01-01", "at HH")', 'unknown token "a"'],
    ['date_format("2026-01-01", "YYYY", "Mars/Base")', 'argument "zone" of date_format() is no time zone'],
    ['date_format("2026-01-01", "YYYY", null)', 'must be a string, not null'],
    [`date_format("2026-01-01", "${'['.repeat(201)}")`, 'is longer than 200 characters'],
  ])('%s names function and argument', (text, problem) => {
    const error = errorOfText(text);
    expect(error.code).toBe('EXPRESSION_FAILED');
    expect(error.message).toContain(problem);
  });
});
