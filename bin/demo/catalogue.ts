export interface Product {
  productId: string;
  name: string;
  category: string;
  priceCents: number;
}

const product = (productId: string, name: string, category: string, priceCents: number): Product => ({
  productId,
  name,
  category,
  priceCents,
});

/** What the shop of the demo sells. */
export const catalogue: readonly [Product, ...Product[]] = [
  product('SKU-101', 'Trail running shoes', 'Shoes', 12_990),
  product('SKU-102', 'City sneakers', 'Shoes', 8_995),
  product('SKU-103', 'Hiking boots', 'Shoes', 17_950),
  product('SKU-201', 'Merino shirt', 'Clothing', 5_999),
  product('SKU-202', 'Rain jacket', 'Clothing', 14_900),
  product('SKU-203', 'Wool socks, three pairs', 'Clothing', 1_999),
  product('SKU-204', 'Fleece hoodie', 'Clothing', 7_450),
  product('SKU-301', 'Daypack, 24 litres', 'Equipment', 9_900),
  product('SKU-302', 'Two-person tent', 'Equipment', 27_990),
  product('SKU-303', 'Sleeping bag', 'Equipment', 18_500),
  product('SKU-304', 'Gas stove', 'Equipment', 4_495),
  product('SKU-305', 'Head torch', 'Equipment', 3_499),
  product('SKU-401', 'GPS watch', 'Electronics', 29_999),
  product('SKU-402', 'Power bank', 'Electronics', 3_990),
  product('SKU-403', 'Action camera', 'Electronics', 24_900),
  product('SKU-501', 'Energy bars, box of 12', 'Food', 2_388),
  product('SKU-502', 'Trail mix', 'Food', 749),
  product('SKU-503', 'Freeze-dried curry', 'Food', 1_095),
];
