"""Charts to explore with pyqtgraph, which is loaded when somebody first asks for one."""
