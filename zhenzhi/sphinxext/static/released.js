// Says whether this book stands in a site beside other versions. A release says so in its own copy.
globalThis.zhenzhiReleased = false;
