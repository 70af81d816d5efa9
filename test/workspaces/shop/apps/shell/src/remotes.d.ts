declare module "catalog/ProductList" {
  const ProductList: React.ComponentType<{ names: readonly string[] }>;
  export default ProductList;
}
declare module "account/Profile" {
  const Profile: React.ComponentType;
  export default Profile;
}

declare module "lodash-es";
declare module "lodash-es/upperFirst.js";
