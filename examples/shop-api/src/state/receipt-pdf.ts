/** A receipt as a PDF of one page. The same payment gives the same bytes. */
import type { Payment } from './model.ts';

export function createReceipt(payment: Payment): Buffer {
  const amount = (payment.amount / 100).toFixed(2);
  const drawing = `BT /F1 18 Tf 72 720 Td (Receipt ${payment.id}: order ${payment.order}, ${amount}) Tj ET`;
  return toPdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]);
}

// --- internal ---

/** Numbers the objects from 1 and writes the table of their positions. */
function toPdf(objects: readonly string[]): Buffer {
  let text = '%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n'; // bytes over 127 tell tools that the file is binary
  let table = '0000000000 65535 f \n';
  for (const [index, object] of objects.entries()) {
    table += `${String(text.length).padStart(10, '0')} 00000 n \n`;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const size = objects.length + 1;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(`${text}xref\n0 ${size}\n${table}${trailer}`, 'latin1');
}
