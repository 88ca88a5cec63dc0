// SPDX-License-Identifier: Apache-2.0
"use strict";
(() => {
  document.documentElement.classList.add("has-script");
})();
