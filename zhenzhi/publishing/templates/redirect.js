// Goes on to the page that this one stands for, with anchor and query.
location.replace(document.querySelector("a").href + location.search + location.hash);
