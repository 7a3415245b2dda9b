import { reportSchema } from '../documents/report.ts';
import { mountWidget } from '../mount-widget.tsx';
import { ReportView } from './report-view.tsx';

mountWidget({
  name: 'report',
  title: 'Report',
  waiting: 'Counting…',
  schema: reportSchema,
  View: ReportView,
});
