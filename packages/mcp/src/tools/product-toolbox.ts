/** The tools of oatty. */
import { catalogTools } from '../catalog-tools/catalog-tool-list.ts';
import { CatalogTools } from '../catalog-tools/catalog-tools.ts';
import { productTools } from './tool-list.ts';
import { Toolbox } from './toolbox.ts';

export const productToolbox: Toolbox = new Toolbox(productTools, new CatalogTools(catalogTools));
