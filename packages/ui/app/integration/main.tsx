import { integrationResultSchema } from '../documents/integration-result.ts';
import { mountWidget } from '../mount-widget.tsx';
import { Integration } from './integration.tsx';

mountWidget({
  name: 'integration',
  title: 'Integration',
  waiting: 'Waiting for the integration…',
  schema: integrationResultSchema,
  View: Integration,
});
