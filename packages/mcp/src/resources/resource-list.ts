/** Every resource, in the order of `resources/list`: fixed ones, those of templates, views. */
import { productToolbox } from '../tools/product-toolbox.ts';
import { toViewResources } from '../views/view-resources.ts';
import { commandCatalog } from './command-catalog.ts';
import { providerCatalog } from './provider-catalog.ts';
import { ResourceSet } from './resource-set.ts';
import { specPages } from './spec-pages.ts';
import { toolOutput } from './tool-output.ts';
import { workflowManifest } from './workflow-manifest.ts';
import { workflowManifests } from './workflow-manifests.ts';
import { workflowSchema } from './workflow-schema.ts';
import { workflowSpec } from './workflow-spec.ts';

export const productResources: ResourceSet = new ResourceSet(
  [workflowSpec, workflowSchema, workflowManifests, ...specPages],
  [workflowManifest, commandCatalog, providerCatalog, toolOutput],
  toViewResources(productToolbox),
);
